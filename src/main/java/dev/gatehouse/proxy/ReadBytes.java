package dev.gatehouse.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The memory that a client's body is read into, and what of it is kept for another try. */
final class ReadBytes {
  static final int MOST_CHUNKS = 256; // kept; each takes memory of its own

  private final long length;
  private final int bufferSize;
  private final int mostKept;
  private List<ByteBuffer> kept = new ArrayList<>(1);
  private boolean keeping;
  private int filled; // of the buffer, with what is kept
  private byte @Nullable [] buffer;

  /**
   * @param length of the body; negative: unknown
   * @param bufferSize bytes read at a time
   * @param mostKept bytes; of a longer body nothing is kept
   */
  ReadBytes(long length, int bufferSize, int mostKept) {
    this.length = length;
    this.bufferSize = bufferSize;
    this.mostKept = mostKept;
    this.keeping = length <= mostKept; // also if it is unknown
    this.buffer = newBuffer(0);
  }

  private byte[] newBuffer(long soFar) {
    return new byte[length < 0 ? bufferSize : (int) Math.min(length - soFar, bufferSize)];
  }

  /** Whether all that was read is there. */
  boolean areKept() {
    return keeping;
  }

  List<ByteBuffer> kept() {
    return kept;
  }

  /** Keeps these, which are all that there are. */
  void keep(List<ByteBuffer> all) {
    kept = List.copyOf(all);
  }

  /** There will be no other try. */
  void forget() {
    keeping = false;
    kept = List.of(); // who replays it has it still
  }

  /** Where to read into, from {@link #filled} on; null: what is there has not been sent yet. */
  byte @Nullable [] buffer() {
    return buffer;
  }

  int filled() {
    return filled;
  }

  /**
   * What was read into the buffer.
   *
   * @param soFar bytes of the body, with these
   */
  Content.Chunk chunk(byte[] in, int bytes, long soFar, boolean last) {
    ByteBuffer content = ByteBuffer.wrap(in, filled, bytes);
    keeping = keeping && soFar <= mostKept && kept.size() < MOST_CHUNKS;
    if (keeping) {
      kept.add(content.duplicate());
      filled += bytes;
      if (filled == in.length && !last) {
        buffer = newBuffer(soFar);
        filled = 0;
      }
      return Content.Chunk.from(content, last);
    }
    kept = List.of();
    buffer = null;
    boolean shared = filled > 0; // with what may not be sent yet
    filled = 0;
    return Content.Chunk.from(content, last, ignored -> buffer = shared ? newBuffer(soFar) : in);
  }
}
