package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's stream: has what it is given, and ends there unless more is announced. */
final class FakeInput extends ServletInputStream {
  private final Deque<String> chunks = new ArrayDeque<>();
  private boolean more;
  private @Nullable Runnable whenAsked;
  private int asked;
  private int reads;
  private @Nullable ReadListener listener;

  void has(String... next) {
    chunks.addAll(List.of(next));
  }

  /** It is not the end, only not here yet. */
  void hasMoreLater() {
    more = true;
  }

  void ends() {
    more = false;
  }

  /** Does this once, in the middle of isReady. */
  void whenAsked(Runnable once) {
    whenAsked = once;
  }

  /** How often somebody has asked whether it is ready. */
  int asked() {
    return asked;
  }

  int reads() {
    return reads;
  }

  @Nullable ReadListener listener() {
    return listener;
  }

  @Override
  public boolean isFinished() {
    return chunks.isEmpty() && !more;
  }

  /** As on Tomcat and Undertow, what has ended is never ready. */
  @Override
  public boolean isReady() {
    asked++;
    Runnable once = whenAsked;
    whenAsked = null;
    if (once != null) {
      once.run();
    }
    return !chunks.isEmpty();
  }

  @Override
  public void setReadListener(ReadListener told) {
    listener = told;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("by arrays only");
  }

  @Override
  public int read(byte[] into, int from, int most) {
    reads++;
    String chunk = chunks.poll();
    if (chunk == null) {
      return -1;
    }
    int bytes = Math.min(most, chunk.length());
    System.arraycopy(chunk.getBytes(ISO_8859_1), 0, into, from, bytes);
    if (bytes < chunk.length()) {
      chunks.addFirst(chunk.substring(bytes));
    }
    return bytes;
  }
}
