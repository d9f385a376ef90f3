package dev.gatehouse.testkit;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A container's stream, whose client reads or does not, or leaves. */
public final class FakeOutput extends ServletOutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable WriteListener listener;
  private int room = Integer.MAX_VALUE;
  private int flushes;
  private boolean ready = true;
  private boolean gone;
  private boolean closed;

  /** Its client takes so many bytes and then no more; what is smaller waits for a flush. */
  public void stopsAfter(int bytes) {
    room = bytes;
  }

  /** Its client reads, and the container says that one may write. */
  public void goesOn() throws IOException {
    room = Integer.MAX_VALUE;
    ready = true;
    begins();
  }

  /** The container says for the first time that one may write. */
  public void begins() throws IOException {
    Objects.requireNonNull(listener, "nobody listens").onWritePossible();
  }

  /** Its client leaves, which shows when one writes. */
  public void breaks() {
    gone = true;
  }

  /** The container finds out that the client has left. */
  public void fails(Throwable cause) {
    Objects.requireNonNull(listener, "nobody listens").onError(cause);
  }

  public String text() {
    return written.toString(StandardCharsets.US_ASCII);
  }

  public byte[] bytes() {
    return written.toByteArray();
  }

  public int flushes() {
    return flushes;
  }

  public boolean isClosed() {
    return closed;
  }

  public boolean isListenedTo() {
    return listener != null;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void setWriteListener(WriteListener told) {
    if (listener != null) {
      throw new IllegalStateException("a second listener");
    }
    listener = told;
  }

  @Override
  public void write(int oneByte) {
    throw new UnsupportedOperationException("by arrays only");
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    refuseIfGone();
    written.write(bytes, from, count);
    ready = count <= room;
    room -= Math.min(count, room);
  }

  @Override
  public void flush() throws IOException {
    refuseIfGone();
    flushes++;
    ready = room > 0;
  }

  @Override
  public void close() throws IOException {
    refuseIfGone();
    closed = true;
  }

  private void refuseIfGone() throws IOException {
    if (gone) {
      throw new IOException("the client has left");
    }
  }
}
