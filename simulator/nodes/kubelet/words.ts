/** Reasons of containers and conditions that several parts of the kubelet know. */
export const containerCreating = "ContainerCreating";
export const podInitializing = "PodInitializing";
export const crashLoopBackOff = "CrashLoopBackOff";
export const errImagePull = "ErrImagePull";
export const imagePullBackOff = "ImagePullBackOff";
export const restartingAll = "RestartingAllContainers";
export const statusUnknown = "ContainerStatusUnknown";
/** The code of a process that was killed, and of one of which nothing is known. */
export const killedCode = 137;
