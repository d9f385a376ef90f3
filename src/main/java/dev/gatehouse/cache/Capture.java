package dev.gatehouse.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as it comes in: one writes, many read along.
 *
 * <p>Thread-safe. Bytes that were once shown never change, so readers copy nothing. What is larger
 * than may be stored is no longer kept whole: readers that are too far behind lose it.
 */
final class Capture {
  private static final int FIRST_SIZE = 8_192;
  private static final int MOST_KEPT = 1 << 28; // for readers, of what is not stored
  private static final byte[] NOTHING = {};

  private final int most;
  private final List<Runnable> readers = new ArrayList<>(); // told of each change
  private byte[] bytes; // the body from offset on
  private long offset;
  private int size;
  private State state = State.GROWING;

  /** How far a body has come. */
  enum State {
    GROWING,
    WHOLE,
    BROKEN
  }

  /** What there is to read at a place. */
  static final class View {
    private final byte[] bytes; // shared
    private final int from;
    private final int length;
    private final State state;

    private View(byte[] bytes, int from, int length, State state) {
      this.bytes = bytes;
      this.from = from;
      this.length = length;
      this.state = state;
    }

    int length() {
      return length;
    }

    /** What comes behind these bytes. */
    State state() {
      return state;
    }

    void writeTo(OutputStream output, int most) throws IOException {
      output.write(bytes, from, Math.min(length, most));
    }
  }

  /**
   * Has nothing yet.
   *
   * @param most bytes that may be stored
   * @param expected bytes, if that is known; negative: it is not
   */
  Capture(int most, long expected) {
    this.most = most;
    this.bytes =
        new byte[expected < 0 ? Math.min(FIRST_SIZE, most) : (int) Math.min(expected, most)];
  }

  /** One that is whole already. */
  static Capture of(byte[] body) {
    Capture whole = new Capture(body.length, 0);
    whole.bytes = body;
    whole.size = body.length;
    whole.state = State.WHOLE;
    return whole;
  }

  void append(byte[] from, int start, int length) {
    Runnable[] told;
    synchronized (this) {
      if (state != State.GROWING) {
        return;
      }
      if (readers.isEmpty() && (isTooLarge() || size + (long) length > most)) {
        drop(length); // nobody wants it, and nobody can join any more
        return;
      }
      makeRoomFor(length);
      System.arraycopy(from, start, bytes, size, length);
      size += length;
      told = readers.toArray(Runnable[]::new);
    }
    tell(told);
  }

  private void drop(int length) {
    offset += size + (long) length;
    size = 0;
    bytes = NOTHING;
  }

  private void makeRoomFor(int length) {
    if (size + (long) length <= bytes.length) {
      return;
    }
    if (size + (long) length > most) { // it won't be stored: the last bytes are for the readers
      int kept = Math.min(size, Math.max(Math.min(most, MOST_KEPT), length));
      byte[] window = new byte[kept + Math.max(kept, length)]; // so that each byte moves once or so
      System.arraycopy(bytes, size - kept, window, 0, kept);
      offset += size - kept;
      bytes = window;
      size = kept;
      return;
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(2L * bytes.length, size + length)));
  }

  /** Says that no byte is missing. */
  void complete() {
    end(State.WHOLE);
  }

  /** Says that the rest will never come; without effect on what is whole. */
  void abort() {
    end(State.BROKEN);
  }

  private void end(State how) {
    Runnable[] told;
    synchronized (this) {
      if (state != State.GROWING) {
        return;
      }
      state = how;
      told = readers.toArray(Runnable[]::new);
    }
    tell(told);
  }

  private static void tell(Runnable[] readers) {
    for (Runnable each : readers) {
      each.run();
    }
  }

  /**
   * One more who reads along, from the first byte.
   *
   * @param changed called when there is more to see; must be quick
   * @return false if the first byte is gone, or the rest will not come
   */
  synchronized boolean join(Runnable changed) {
    if (offset > 0 || isTooLarge() || state == State.BROKEN) {
      return false;
    }
    readers.add(changed);
    return true;
  }

  synchronized void leave(Runnable changed) {
    readers.remove(changed);
  }

  synchronized boolean hasReaders() {
    return !readers.isEmpty();
  }

  /**
   * What there is behind this place.
   *
   * @return null if that is lost
   */
  synchronized @Nullable View view(long position) {
    if (position < offset) {
      return null;
    }
    int from = (int) (position - offset);
    return new View(bytes, from, size - from, state);
  }

  /** The body, if it is whole and small enough to be stored. */
  synchronized byte @Nullable [] body() {
    if (state != State.WHOLE || isTooLarge()) {
      return null;
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private boolean isTooLarge() {
    return offset > 0 || size > most;
  }
}
