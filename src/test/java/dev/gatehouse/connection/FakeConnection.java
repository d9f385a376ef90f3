package dev.gatehouse.connection;

import java.util.ArrayDeque;

/** A client that looks as a test wants it to. */
public final class FakeConnection extends ClientConnection {
  private final ArrayDeque<Look> looks = new ArrayDeque<>();
  private int asked;

  /** What the next looks show; a look beyond them fails. */
  public void shows(Look... next) {
    for (Look each : next) {
      looks.add(each);
    }
  }

  public int asked() {
    return asked;
  }

  @Override
  public Look look() {
    asked++;
    if (looks.isEmpty()) {
      throw new IllegalStateException("recycled");
    }
    return looks.remove();
  }
}
