module.exports = { semi: true, trailingComma: 'all', singleQuote: true, useTabs: true, tabWidth: 4, printWidth: 120 };
