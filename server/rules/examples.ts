/** Whole objects for the examples of rules, with the part that matters filled in. */

export function deploymentText(spec: string, container = "", name = "web"): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
${spec}  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: web
          image: nginx:1.29
${container === "" ? "" : `          ${container}\n`}`;
}

export function daemonText(pod: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      ${pod}
      containers:
        - name: agent
          image: fluent-bit:4.2
`;
}

export function jobText(spec: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: load
spec:
${spec}  template:
    spec:
      restartPolicy: Never
      containers:
        - name: load
          image: perl:5.42
`;
}

export function cronText(spec: string, job = ""): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
${spec}  jobTemplate:
    spec: { ${job}template: { spec: { restartPolicy: Never, containers: [{ name: report, image: "busybox:1.37" }] } } }
`;
}

export function statefulText(service: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers:
        - name: db
          image: mysql:8.4
          ports: [{ name: sql, containerPort: 3306 }]
${service}`;
}

export function serviceText(spec: string): string {
  return `---
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
${spec}`;
}
