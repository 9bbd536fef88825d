// SPDX-License-Identifier: Apache-2.0
// Writes the TOML that tests need: tables, lists of tables, strings, numbers, booleans and lists of these.

/** @typedef {string | number | boolean | (string | number | boolean)[]} TomlValue */
/** @typedef {{ [key: string]: TomlValue | TomlTable | TomlTable[] }} TomlTable */

/** @param {unknown} value */
const isTable = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value */
const isTableList = (value) => Array.isArray(value) && value.length > 0 && value.every(isTable);

/**
 * @param {TomlTable} table
 * @param {string} [prefix] the dotted path of the table
 * @returns {string}
 */
export function formatToml(table, prefix = '') {
  const values = [];
  const tables = [];
  for (const [key, value] of Object.entries(table)) {
    const name = prefix + key;
    if (isTable(value)) {
      tables.push(`\n[${name}]\n${formatToml(/** @type {TomlTable} */ (value), `${name}.`)}`);
    } else if (isTableList(value)) {
      for (const item of /** @type {TomlTable[]} */ (value)) tables.push(`\n[[${name}]]\n${formatToml(item, `${name}.`)}`);
    } else {
      // JSON's strings, numbers, booleans and lists of them are TOML as well.
      values.push(`${key} = ${JSON.stringify(value)}\n`);
    }
  }
  return values.join('') + tables.join('');
}
