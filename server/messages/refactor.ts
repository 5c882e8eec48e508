/** The titles of what can be added for a workload and moved out of it, in English and Korean. */
export interface RefactorWords {
  readonly addFor: (kind: string, workload: string, name: string) => string;
  /** That the value of a variable is moved to an object of its own. */
  readonly moveTo: (kind: string, variable: string) => string;
}

export const refactorEn: RefactorWords = {
  addFor: (kind, workload, name) => `Add a ${kind} for ${workload} ${name}`,
  moveTo: (kind, variable) => `Move the value of ${variable} to a ${kind}`,
};

export const refactorKo: RefactorWords = {
  addFor: (kind, workload, name) => `${workload} ${name}에 ${kind} 추가`,
  moveTo: (kind, variable) => `${variable} 값을 새 ${kind}에 옮기기`,
};
