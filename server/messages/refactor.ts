/** The titles of what can be added for a workload, in English and Korean. */
export interface RefactorWords {
  readonly addFor: (kind: string, workload: string, name: string) => string;
}

export const refactorEn: RefactorWords = {
  addFor: (kind, workload, name) => `Add a ${kind} for ${workload} ${name}`,
};

export const refactorKo: RefactorWords = {
  addFor: (kind, workload, name) => `${workload} ${name}에 ${kind} 추가`,
};
