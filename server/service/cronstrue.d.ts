/** A language of cronstrue is a module that adds itself to the library; the package has no types for it. */
declare module "cronstrue/locales/ko.js";
