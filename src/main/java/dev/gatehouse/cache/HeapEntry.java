package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;

/** What stands under a key on the heap, what it weighs, and when it was last of use. */
final class HeapEntry {
  /** Map node, Ehcache's holder, this, the response with its freshness and instants: measured. */
  private static final int OWN_BYTES = 640;

  /** Two strings with their arrays' heads and places. */
  private static final int LINE_BYTES = 96;

  /** The same strings once more in the head of a whole answer. */
  private static final int PLACE_BYTES = 16;

  /** Who reads an entry all the time need not tell each time. */
  private static final long SAME_TIME_NANOS = 1_000;

  final String key;
  final Stored stored;
  final long bytes;
  int place = -1; // in the ledger, which alone touches it
  private volatile long usedNanos;

  HeapEntry(String key, Stored stored, long nowNanos) {
    this.key = key;
    this.stored = stored;
    this.bytes = bytesOf(key, stored);
    this.usedNanos = nowNanos;
  }

  long usedNanos() {
    return usedNanos;
  }

  /** One of several threads' times will do. */
  void used(long nowNanos) {
    if (nowNanos - usedNanos >= SAME_TIME_NANOS) {
      usedNanos = nowNanos;
    }
  }

  static long bytesOf(String key, Stored stored) {
    long bytes = OWN_BYTES + sizeOf(key);
    if (stored instanceof StoredResponse response) {
      return bytes
          + sizeOf(response.fields())
          + (long) PLACE_BYTES * response.whole().size()
          + sizeOf(response.tags())
          + response.body().length;
    }
    if (stored instanceof VaryIndex index) {
      for (var names : index.names()) {
        bytes += LINE_BYTES;
        for (String name : names) {
          bytes += LINE_BYTES + sizeOf(name);
        }
      }
      return bytes;
    }
    throw new AssertionError(stored);
  }

  private static long sizeOf(Fields fields) {
    long bytes = 0;
    for (int i = 0; i < fields.size(); i++) {
      bytes += LINE_BYTES + sizeOf(fields.name(i)) + sizeOf(fields.value(i));
    }
    return bytes;
  }

  /** One byte for each character: field values are Latin-1 (RFC 9110 §5.5). */
  private static long sizeOf(String text) {
    return text.length();
  }
}
