package dev.gatehouse.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A container's stream, whose client reads or does not. */
final class FakeOutput extends ServletOutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable WriteListener listener;
  private int room = Integer.MAX_VALUE;
  private boolean ready = true;

  /** Its client takes so many bytes and then no more; what is smaller waits for a flush. */
  void stopsAfter(int bytes) {
    room = bytes;
  }

  /** Its client reads, and the container says that one may write. */
  void goesOn() throws IOException {
    room = Integer.MAX_VALUE;
    ready = true;
    begins();
  }

  /** The container says for the first time that one may write. */
  void begins() throws IOException {
    Objects.requireNonNull(listener, "nobody listens").onWritePossible();
  }

  String text() {
    return written.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void setWriteListener(WriteListener told) {
    listener = told;
  }

  @Override
  public void write(int oneByte) {
    throw new UnsupportedOperationException("by arrays only");
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    written.write(bytes, from, count);
    ready = count <= room;
    room -= Math.min(count, room);
  }

  @Override
  public void flush() {
    ready = room > 0;
  }
}
