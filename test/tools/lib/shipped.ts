/** The paths of files that are shipped: what runs, its words, and what is told of it. */
export const shipped =
  /^(package(\.nls(\.ko)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/(extension(\.browser)?\.cjs|(server|cli)\.mjs|(server\.browser|webview|worker)\.js|webview\.css|(field-docs|labs)\.json)|client\/(l10n\/[^/]+\.json|media\/[^/]+\.(svg|png))|syntaxes\/[^/]+\.json)$/;
