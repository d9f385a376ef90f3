package dev.gatehouse.cache;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Those who read a capture, and how far each has come. Guarded by the capture. */
final class Readers {
  private final List<Reader> all = new ArrayList<>();

  /** One who reads along. Its methods are quick, and called without a lock. */
  abstract static class Reader {
    private long position; // guarded by the capture, as all here
    private long heldAt = -1; // where others had to wait for it when that was last looked at
    private long heldSinceNanos;

    /** There is more to see. */
    abstract void more();

    /** Others have waited for it for too long: it gets no more. */
    abstract void lost();

    /** It has no use for what is before this place. */
    void moveTo(long next) {
      position = next;
    }
  }

  void add(Reader reader, long from) {
    reader.moveTo(from);
    all.add(reader);
  }

  void remove(Reader reader) {
    all.remove(reader);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Reader[] all() {
    return all.toArray(Reader[]::new);
  }

  /** Bytes that the last of them has before it. */
  long unread(long end) {
    long most = 0;
    for (Reader each : all) {
      most = Math.max(most, end - each.position);
    }
    return most;
  }

  /**
   * Takes those away for whom all have waited, where somebody has nothing left to read, and who
   * have not read on meanwhile.
   *
   * @param holding bytes that one who is waited for has before it
   */
  List<Reader> overdue(long end, long holding, long nowNanos, long patienceNanos) {
    List<Reader> overdue = new ArrayList<>();
    boolean waited = hasOneAt(end);
    for (Iterator<Reader> every = all.iterator(); every.hasNext(); ) {
      Reader each = every.next();
      if (!waited || end - each.position < holding) {
        each.heldAt = -1;
      } else if (each.heldAt != each.position) {
        each.heldAt = each.position;
        each.heldSinceNanos = nowNanos;
      } else if (nowNanos - each.heldSinceNanos >= patienceNanos) {
        every.remove();
        overdue.add(each);
      }
    }
    return overdue;
  }

  private boolean hasOneAt(long end) {
    for (Reader each : all) {
      if (each.position == end) {
        return true;
      }
    }
    return false;
  }
}
