/** The tables of the cache, and how an older cache becomes one of this version. */

/**
 * The version of the tables and of everything inside them, the layout of packed logs (`domain/log-rows.ts`) included.
 * A change of either needs a migration: a step that brings a cache of the version before to the new one.
 */
export const schemaVersion = 2

/**
 * Logs lie in the order of their arrival, so a chunk of many accounts is written in one place.
 * The ids of `series` are never used again: a process may still hold one that another process has cleared.
 */
const first = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chain INTEGER NOT NULL,
    filter TEXT NOT NULL,
    account TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    UNIQUE (chain, filter, account)
  ) STRICT;
  CREATE TABLE covered (
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    from_block INTEGER NOT NULL,
    to_block INTEGER NOT NULL,
    PRIMARY KEY (series, from_block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE logs (
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    from_block INTEGER NOT NULL,
    to_block INTEGER NOT NULL,
    count INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (series, from_block)
  ) STRICT;
  CREATE TABLE checkpoint (
    chain INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE endpoint (
    id TEXT PRIMARY KEY,
    maximum_blocks TEXT,
    maximum_logs INTEGER,
    maximum_topics INTEGER,
    requests_per_second REAL,
    learned_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE immutable (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pending (
    chain INTEGER NOT NULL,
    hash TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    PRIMARY KEY (chain, hash)
  ) STRICT, WITHOUT ROWID;
`

/** What earlier runs found, for those that tell others what changed. */
const second = `
  CREATE TABLE report (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    written_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** `migrations[n]` brings a cache of version n to version n + 1; an empty file has version 0. */
export const migrations: readonly string[] = [first, second]
