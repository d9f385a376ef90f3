package dev.gatehouse.proxy;

import dev.gatehouse.servlet.BodyStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the same answer as a client that has left, through a filter's stream. The
 * exchange goes on for them. Thread-safe.
 */
final class Others {
  private volatile @Nullable BodyStream stream;

  boolean areThere() {
    return stream != null;
  }

  /** Whether there are any; if so, they alone get the body from now on. */
  boolean take(@Nullable ClientStream writing) {
    BodyStream own = writing == null ? null : writing.forOthers();
    stream = own;
    return own != null;
  }

  /** The body is whole. */
  void end() {
    BodyStream own = stream;
    if (own != null) {
      try {
        own.end(() -> {});
      } catch (IOException e) {
        throw new AssertionError("nobody is written to", e);
      }
    }
  }

  /** The rest will not come. */
  void abandon() {
    BodyStream own = stream;
    if (own != null) {
      own.abandon();
    }
  }
}
