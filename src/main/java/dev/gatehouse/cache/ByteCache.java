package dev.gatehouse.cache;

import org.ehcache.Cache;
import org.ehcache.core.statistics.CacheStatistics;

/** An Ehcache of bytes that is open, and whether it can take more just now. */
interface ByteCache {
  Cache<String, byte[]> cache();

  CacheStatistics statistics();

  /** Whether records must prove that they are what was written. */
  boolean hashed();

  boolean takes(int bytes);

  /** Why it does not. */
  String refusal();

  /** So many have been put. */
  void taken(int bytes);

  /**
   * Ends it.
   *
   * @param kept whether what it holds is right, and may be there again
   */
  void close(boolean kept);
}
