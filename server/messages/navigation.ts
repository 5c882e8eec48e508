/** What is said of names that are followed and changed, in English and Korean. */

export interface NavigationWords {
  /** A name that is also written in a way in which it cannot be changed safely. */
  readonly notWritten: (name: string, file: string) => string;
}

export const navigationEn: NavigationWords = {
  notWritten: (name, file) =>
    `\`${name}\` also stands in a block of text in ${file}, where it cannot be changed safely.`,
};

export const navigationKo: NavigationWords = {
  notWritten: (name, file) => `\`${name}\`이(가) ${file}의 텍스트 블록에도 있어 안전하게 바꿀 수 없습니다.`,
};
