package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.SplittableRandom;

/** Bodies of any size without memory: always the same bytes, none of which can change unnoticed. */
public final class Generated {
  private static final byte[] BLOCK = block();

  private Generated() {}

  /** Writes the first {@code length} bytes of the endless body. */
  public static void write(OutputStream out, long length) throws IOException {
    for (long left = length; left > 0; left -= BLOCK.length) {
      out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
    }
    out.flush();
  }

  /** Writes the same bytes in the chunked coding (RFC 9112 §7.1), the last chunk included. */
  public static void writeChunked(OutputStream out, long length) throws IOException {
    for (long left = length; left > 0; left -= BLOCK.length) {
      int size = (int) Math.min(left, BLOCK.length);
      out.write((Integer.toHexString(size) + "\r\n").getBytes(US_ASCII));
      out.write(BLOCK, 0, size);
      out.write("\r\n".getBytes(US_ASCII));
    }
    out.write("0\r\n\r\n".getBytes(US_ASCII));
    out.flush();
  }

  /** The first {@code length} bytes for a client that reads its body from a stream. */
  public static InputStream stream(long length) {
    return new InputStream() {
      private long position;

      @Override
      public int read() {
        throw new UnsupportedOperationException("one byte at a time takes too long");
      }

      @Override
      public int read(byte[] into, int from, int count) {
        if (position == length) {
          return -1;
        }
        int start = (int) (position % BLOCK.length);
        int size = (int) Math.min(Math.min(count, BLOCK.length - start), length - position);
        System.arraycopy(BLOCK, start, into, from, size);
        position += size;
        return size;
      }
    };
  }

  /** What {@link Bytes#sha256} must be for a body of this length. */
  public static String sha256(long length) {
    Bytes bytes = new Bytes();
    try {
      write(bytes, length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.sha256();
  }

  /** Its length is a prime, so that a block lost or sent twice shows in any frame size. */
  private static byte[] block() {
    byte[] block = new byte[65_521];
    new SplittableRandom(1).nextBytes(block);
    return block;
  }
}
