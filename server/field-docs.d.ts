/** The descriptions of types and their fields, made at build time (client/build/field-table.ts): an export for each type. */
export {};
