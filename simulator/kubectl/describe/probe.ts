/** A probe in one line. Models DescribeProbe of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, listAt, numberAt, stringAt } from "../../api/json.ts";
import { valueText } from "./writer.ts";

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export function probeText(probe: JsonObject): string {
  const count = (field: string) => numberAt(probe, field) ?? 0;
  const times = `delay=${count("initialDelaySeconds")}s timeout=${count("timeoutSeconds")}s period=${count("periodSeconds")}s`;
  const attributes = `${times} #success=${count("successThreshold")} #failure=${count("failureThreshold")}`;
  return `${actionText(probe)} ${attributes}`;
}

function actionText(probe: JsonObject): string {
  if (probe["exec"]) return `exec [${listAt(asObject(probe["exec"]), "command").map(String).join(" ")}]`;
  if (probe["httpGet"]) {
    const http = asObject(probe["httpGet"]);
    const path = stringAt(http, "path");
    const place = `${stringAt(http, "host")}:${valueText(http["port"])}`;
    return `http-get ${stringAt(http, "scheme").toLowerCase()}://${place}${path.startsWith("/") || path === "" ? "" : "/"}${path}`;
  }
  if (probe["tcpSocket"]) {
    const tcp = asObject(probe["tcpSocket"]);
    return `tcp-socket ${stringAt(tcp, "host")}:${valueText(tcp["port"])}`;
  }
  if (!probe["grpc"]) return "unknown";
  const grpc = asObject(probe["grpc"]);
  return `grpc <pod>:${numberAt(grpc, "port") ?? 0} ${stringAt(grpc, "service")}`;
}
