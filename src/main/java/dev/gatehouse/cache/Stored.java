package dev.gatehouse.cache;

/** What stands under a key. */
public sealed interface Stored permits StoredResponse, VaryIndex {}
