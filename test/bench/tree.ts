/**
 * A tree of files mixed as in public repositories: of twenty files six hold workloads and what they lean on, two are kustomize
 * overlays, two parts of charts, one is a bundle with a definition of a custom resource, nine are none of Kubernetes' or not of these kinds.
 */

export interface TreeFile {
  readonly name: string;
  readonly text: string;
}

const kinds = 20;

/** The file of that number; the same for the same number. */
export function fileOf(index: number): TreeFile {
  const name = `app-${Math.floor(index / kinds)}`;
  const at = (file: string, text: string): TreeFile => ({ name: `team-${index % 7}/${name}/${file}`, text });
  switch (index % kinds) {
    case 0:
      return at(
        "deployment.yaml",
        deployment(name, index % 400 === 0 ? "imagePullPolcy: Always" : "imagePullPolicy: Always"),
      );
    case 1:
      return at("service.yaml", service(name));
    case 2:
      return at("all.yaml", [deployment(`${name}-all`, ""), service(`${name}-all`), settings(name, 30)].join("---\n"));
    case 3:
      return at("settings.yaml", settings(name, 60));
    case 4:
      return at("report.yaml", cronJob(name));
    case 5:
      // Every tenth is like the first of its folder, which is worth a word.
      return at(
        "worker/deployment.yaml",
        deployment(name, "") +
          (index % 200 === 5 ? `---\n${deployment(name, "").replace(`name: ${name}\n`, `name: ${name}-too\n`)}` : ""),
      );
    case 6:
      return at("base/kustomization.yaml", "resources: [deployment.yaml]\ncommonLabels: { team: shop }\n");
    case 7:
      return at("base/deployment.yaml", deployment(name, ""));
    case 8:
      return at("chart/Chart.yaml", `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
    case 9:
      return at("chart/templates/deployment.yaml", chart(name));
    case 10:
      return at("bundle.yaml", [definition(name, 120), deployment(`${name}-operator`, "")].join("---\n"));
    case 11:
      return at("crd.yaml", definition(name, 250));
    case 12:
      return at("package.json", JSON.stringify({ name, version: "1.0.0", dependencies: { a: "1", b: "2" } }, null, 2));
    case 13:
      return at(
        "dashboard.json",
        JSON.stringify(
          {
            title: name,
            panels: Array.from({ length: 80 }, (_, id) => ({
              id,
              type: "graph",
              targets: [{ expr: `rate(http_requests_total{app="${name}"}[5m])` }],
            })),
          },
          null,
          2,
        ),
      );
    default:
      return at(`values-${index % kinds}.yaml`, values(name));
  }
}

function deployment(name: string, more: string): string {
  const variables = Array.from({ length: 8 }, (_, n) => `            - name: A${n}\n              value: "x"\n`);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: web
          image: example.org/${name}:1
${more === "" ? "" : `          ${more}\n`}          env:
${variables.join("")}          resources:
            requests: { cpu: 100m, memory: 128Mi }
          readinessProbe:
            httpGet:
              path: /ready
              port: 8080
          ports:
            - containerPort: 8080
`;
}

function service(name: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n    - port: 80\n      targetPort: 8080\n`;
}

function settings(name: string, keys: number): string {
  const entries = Array.from({ length: keys }, (_, n) => `  key-${n}: "value ${n}"\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}-settings\ndata:\n${entries.join("")}`;
}

function cronJob(name: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}-report
spec:
  schedule: "30 2 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: example.org/report:1
`;
}

function chart(name: string): string {
  return `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      {{- include "${name}.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "${name}.selectorLabels" . | nindent 8 }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
`;
}

function definition(name: string, fields: number): string {
  const properties = Array.from(
    { length: fields },
    (_, n) =>
      `                field${n}:\n                  description: A field of the object that says how it is\n                    to be run, and what becomes of it.\n                  type: string\n`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.${name}.example.org
spec:
  group: ${name}.example.org
  names: { kind: Thing, plural: things }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${properties.join("")}`;
}

function values(name: string): string {
  const entries = Array.from(
    { length: 40 },
    (_, n) => `option${n}:\n  enabled: true\n  image: example.org/${name}-${n}\n`,
  );
  return `replicas: 3\n${entries.join("")}`;
}
