package dev.gatehouse.cache;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as it comes in: one writes, many read along.
 *
 * <p>Thread-safe. Bytes that were once shown never change, so readers copy nothing. What is larger
 * than may be stored, or finds no room, is kept until all have read it, and who writes has to wait
 * for them.
 */
final class Capture {
  private static final int FIRST_SIZE = 8_192;
  private static final int AHEAD = 262_144; // of what is not stored, bytes that a reader may leave
  private static final int WINDOW = 65_536; // least room for what comes, of what is not stored
  private static final byte[] NOTHING = {};

  private final int most;
  private final long expected;
  private final CaptureRoom room;
  private final Readers readers = new Readers();
  private byte[] bytes = NOTHING; // the body from offset on
  private long taken; // of the room
  private boolean crowded; // out of it, there being no room
  private long offset;
  private int size;
  private State state = State.GROWING;
  private boolean sealed;
  private @Nullable Runnable waiting; // who writes, for room

  /** How far a body has come. */
  enum State {
    GROWING,
    WHOLE,
    BROKEN
  }

  /**
   * Has nothing yet.
   *
   * @param most bytes that may be stored
   * @param expected bytes, if that is known; negative: it is not
   * @param room for it and others; what finds none there is not stored
   */
  Capture(int most, long expected, CaptureRoom room) {
    this.most = most;
    this.expected = expected;
    this.room = room;
  }

  /** One that is whole already. */
  static Capture of(byte[] body) {
    Capture whole = new Capture(body.length, 0, new CaptureRoom(0));
    whole.bytes = body;
    whole.size = body.length;
    whole.state = State.WHOLE;
    whole.sealed = true;
    return whole;
  }

  /** Whether there is room for it, as it looks now. */
  boolean fits() {
    return room.has(firstSize());
  }

  private int firstSize() {
    return (int) Math.min(expected < 0 ? FIRST_SIZE : expected, most);
  }

  void append(byte[] from, int start, int length) {
    Readers.Reader[] told;
    synchronized (this) {
      if (sealed) {
        return;
      }
      boolean storable = !isTooLarge() && size + (long) length <= most && hasGrownFor(length);
      if (!storable) {
        giveBack();
        if (readers.isEmpty()) {
          drop(length); // nobody wants it, and nobody can join any more
          return;
        }
        slideFor(length);
      }
      System.arraycopy(from, start, bytes, size, length);
      size += length;
      told = readers.all();
    }
    tell(told);
  }

  private void drop(int length) {
    offset += size + (long) length;
    size = 0;
    bytes = NOTHING;
  }

  private boolean hasGrownFor(int length) {
    if (size + length <= bytes.length) {
      return true;
    }
    long wanted = Math.max(Math.max(2L * bytes.length, firstSize()), size + length);
    int grown = (int) Math.min(most, wanted);
    if (!room.take(grown - bytes.length)) {
      crowded = true;
      return false;
    }
    taken = grown;
    bytes = Arrays.copyOf(bytes, grown);
    return true;
  }

  private void giveBack() {
    room.give(taken);
    taken = 0;
  }

  /** Lets go of what all have read. */
  private void slideFor(int length) {
    if (size + (long) length <= bytes.length) {
      return;
    }
    int kept = (int) readers.unread(end());
    int room = Math.max(length, Math.max(kept, WINDOW)); // so that each byte moves once or so
    byte[] window = new byte[Math.addExact(kept, room)];
    System.arraycopy(bytes, size - kept, window, 0, kept);
    offset += size - kept;
    bytes = window;
    size = kept;
  }

  private long end() {
    return offset + size;
  }

  /**
   * Whether more should be appended now.
   *
   * @param then called once when it should, if not now; must be quick
   */
  synchronized boolean hasRoom(Runnable then) {
    boolean room = !isFull(AHEAD);
    waiting = room ? null : then;
    return room;
  }

  private boolean isFull(int most) {
    return !sealed && isTooLarge() && readers.unread(end()) >= most;
  }

  /** Who waits for room, if there is some; to be called without the lock. */
  private Runnable freed() {
    Runnable then = waiting;
    if (then == null || isFull(AHEAD / 2)) { // not for each byte
      return () -> {};
    }
    waiting = null;
    return then;
  }

  /** No byte is missing; readers hear of it by {@link #complete}. */
  synchronized void seal() {
    sealed = true;
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
    Readers.Reader[] told;
    Runnable freed;
    synchronized (this) {
      if (state != State.GROWING) {
        return;
      }
      state = how;
      sealed = true;
      giveBack(); // what is stored counts there, whoever still reads it
      told = readers.all();
      freed = freed();
    }
    tell(told);
    freed.run();
  }

  private static void tell(Readers.Reader[] readers) {
    for (Readers.Reader each : readers) {
      each.more();
    }
  }

  /**
   * One more who reads along.
   *
   * @return false if the first byte is gone, or the rest will not come
   */
  synchronized boolean join(Readers.Reader reader, long from) {
    if (offset > 0 || size > most || state == State.BROKEN) {
      return false;
    }
    readers.add(reader, from);
    return true;
  }

  void leave(Readers.Reader reader) {
    Runnable freed;
    synchronized (this) {
      readers.remove(reader);
      freed = freed();
    }
    freed.run();
  }

  synchronized boolean isBroken() {
    return state == State.BROKEN;
  }

  synchronized boolean hasReaders() {
    return !readers.isEmpty();
  }

  /**
   * What there is behind this place; what is before it, this reader has no use for any more.
   *
   * @return null if that is lost
   */
  @Nullable CaptureView view(Readers.Reader reader, long position) {
    CaptureView view;
    Runnable freed;
    synchronized (this) {
      if (position < offset) {
        return null;
      }
      reader.moveTo(position);
      int from = (int) (position - offset);
      view = new CaptureView(bytes, from, size - from, state);
      freed = freed();
    }
    freed.run();
    return view;
  }

  /**
   * Gives those up for whom all has to wait, where somebody has nothing left to read, if they have
   * not read on for so long; to be called every now and then.
   */
  void expire(long nowNanos, long patienceNanos) {
    List<Readers.Reader> lost;
    Runnable freed;
    synchronized (this) {
      lost =
          readers.overdue(
              end(), waiting == null ? Long.MAX_VALUE : AHEAD / 2, nowNanos, patienceNanos);
      freed = freed();
    }
    lost.forEach(Readers.Reader::lost);
    freed.run();
  }

  /** The body, if it is whole and small enough to be stored. */
  synchronized byte @Nullable [] body() {
    if (!sealed || state == State.BROKEN || isTooLarge()) {
      return null;
    }
    if (size < bytes.length) {
      bytes = Arrays.copyOf(bytes, size); // those who read on share what is stored
    }
    return bytes;
  }

  /** Whether it was to be stored, and there was no room for it. */
  synchronized boolean isCrowded() {
    return crowded;
  }

  private boolean isTooLarge() {
    return offset > 0 || size > most || crowded;
  }
}
