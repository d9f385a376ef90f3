package dev.gatehouse.cache;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where responses are kept, and how much of them: {@code cache.maxEntries}, {@code cache.maxBytes},
 * {@code cache.offHeap}, {@code cache.disk}, {@code cache.cluster}.
 *
 * @param heapBytes of keys, fields, bodies and what the heap needs for each
 * @param offHeapBytes outside of the heap; zero for none
 */
public record Tiers(
    int heapEntries,
    long heapBytes,
    long offHeapBytes,
    Optional<Disk> disk,
    Optional<Cluster> cluster) {
  /** What no other proxy has. */
  public Tiers(int heapEntries, long heapBytes, long offHeapBytes, Optional<Disk> disk) {
    this(heapEntries, heapBytes, offHeapBytes, disk, Optional.empty());
  }

  /**
   * On disk, from one start to the next.
   *
   * @param directory where a directory of our own is made
   */
  public record Disk(Path directory, long bytes) {}

  /**
   * Shared with other proxies.
   *
   * @param server of Terracotta, and the name that those who share it have in common
   * @param bytes of the server's memory, set aside by the first of them
   */
  public record Cluster(URI server, long bytes) {}
}
