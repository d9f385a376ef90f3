package dev.gatehouse.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes bodies of one length; says what becomes of them when it is told to. */
final class FakeAtOnce implements ClientStream.AtOnce {
  private final int length;
  private @Nullable Consumer<@Nullable Throwable> then;
  private String sent = "";
  private @Nullable RuntimeException refusal;

  FakeAtOnce(int length) {
    this.length = length;
  }

  /** One that takes nothing. */
  static FakeAtOnce never() {
    return new FakeAtOnce(-1);
  }

  FakeAtOnce refusing(RuntimeException refusal) {
    this.refusal = refusal;
    return this;
  }

  @Override
  public boolean takes(int bytes) {
    return bytes == length;
  }

  @Override
  public void send(ByteBuffer body, Consumer<@Nullable Throwable> then) {
    if (refusal != null) {
      throw refusal;
    }
    sent += StandardCharsets.US_ASCII.decode(body.slice());
    this.then = then;
  }

  String sent() {
    return sent;
  }

  void ends(@Nullable Throwable failure) {
    if (then == null) {
      throw new AssertionError("nothing was sent");
    }
    then.accept(failure);
  }
}
