package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that comes when its client likes, and who is told of it. */
@Timeout(60)
class WaitingBodyTest {
  private final IOException over = new IOException("the exchange is over");
  private final FakeInput input = new FakeInput();
  private LateInput.Opening opening = () -> input;
  private int opened;
  private int called;
  private boolean ended;
  private final ClientBody body =
      new ClientBody(
          new LateInput(
              () -> {
                opened++;
                return opening.open();
              },
              -1,
              () -> false),
          0,
          8,
          32);
  private final Request.Content content = body.forAttempt();

  @BeforeEach
  void isNotThereYet() {
    input.hasMoreLater();
  }

  @Test
  void whoAsksIsCalledOnceWhenSomethingHasCome() throws Exception {
    ask();
    assertThat(content.read()).isNull();
    assertThat(called).isZero();
    input.has("abc");
    listener().onDataAvailable();
    assertThat(called).isOne();
    assertThat(text(content.read())).isEqualTo("abc");
    listener().onDataAvailable();
    assertThat(called).as("nobody has asked again").isOne();
    ask();
    input.has("d");
    ask();
    assertThat(called).as("at once").isEqualTo(2);
    assertThat(opened).isOne();
  }

  @Test
  void whoAsksIsAnsweredAtTheEnd() throws Exception {
    ask();
    assertThat(content.read()).isNull();
    input.ends();
    listener().onAllDataRead();
    assertThat(called).isOne();
    assertThat(isEnd(content.read())).isTrue();
    assertThat(body.isFinished()).isTrue();
    ask();
    assertThat(called).isEqualTo(2);
  }

  @Test
  void theEndThatTheContainerTellsNobodyIsLookedFor() {
    lookForEnd();
    ask();
    lookForEnd();
    assertThat(called).isZero();
    input.ends();
    lookForEnd();
    assertThat(called).isOne();
    assertThat(isEnd(content.read())).isTrue();
    lookForEnd();
    assertThat(called).isOne();
  }

  private void lookForEnd() {
    if (body.hasEndedUntold()) {
      body.proceed();
    }
  }

  /** Undertow does so. */
  @Test
  void theEndThatIsToldWhileOneAsksIsToldToWhoAsks() throws Exception {
    ask();
    input.has("abc");
    listener().onDataAvailable();
    assertThat(text(content.read())).isEqualTo("abc");
    input.ends();
    input.whenAsked(body::onAllDataRead);
    ask();
    assertThat(called).isEqualTo(2);
    assertThat(isEnd(content.read())).isTrue();
  }

  @Test
  void aClientThatFailsIsToldToWhoAsks() throws Exception {
    ask();
    listener().onError(new IOException("reset"));
    assertThat(called).isOne();
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
    assertThat(body.failure()).hasMessage("reset");
    assertThat(body.canBeSentAgain()).isFalse();
  }

  @Test
  void aStreamThatCanNotBeOpenedIsAFailureOfTheBody() {
    opening =
        () -> {
          throw new IOException("no stream");
        };
    ask();
    assertThat(called).isOne();
    assertThat(body.failure()).hasMessage("no stream");
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
  }

  @Test
  void afterTheEndOfTheExchangeTheStreamIsNotAsked() throws Exception {
    ask();
    int asked = input.asked();
    body.end(over);
    ask();
    assertThat(called).as("to find the failure").isOne();
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
    lookForEnd();
    listener().onDataAvailable();
    assertThat(input.asked()).isEqualTo(asked);
    assertThat(input.reads()).isZero();
    assertThat(body.failure()).isSameAs(over);
  }

  @Test
  void afterTheEndOfTheExchangeTheStreamIsNotOpened() {
    body.end(over);
    ask();
    assertThat(called).isOne();
    assertThat(opened).isZero();
  }

  @Test
  void whoEndsTheExchangeWaitsUntilTheStreamIsOpen() throws Exception {
    Thread ending = new Thread(() -> body.end(over));
    opening =
        () -> {
          ending.start();
          Await.until("the end", () -> isDone(ending) || isWaiting(ending));
          ended = isDone(ending);
          return input;
        };
    ask();
    ending.join();
    assertThat(opened).isOne();
    assertThat(ended).as("while it was opened").isFalse();
    assertThat(body.failure()).isSameAs(over);
  }

  @Test
  void twoTriesOpenTheStreamOnce() throws Exception {
    int[] told = {0};
    Thread[] second = new Thread[1];
    opening =
        () -> {
          if (opened > 1) {
            return input;
          }
          content.fail(new IOException("reset by the backend"));
          Request.Content next = body.forAttempt();
          second[0] = new Thread(() -> next.demand(() -> told[0]++));
          second[0].start();
          Await.until("the second try", () -> second[0].getState() == Thread.State.WAITING);
          input.has("abc");
          body.onDataAvailable(); // before the second looks
          return input;
        };
    ask();
    second[0].join();
    assertThat(opened).isOne();
    assertThat(told[0]).isOne();
    assertThat(body.failure()).isNull();
  }

  @Test
  void aTryThatTimesOutWhileItWaitsForItsClientIsStalled() {
    ask();
    content.fail(new TimeoutException());
    assertThat(body.isStalled()).isTrue();
    assertThat(body.failure()).isNull();
  }

  @Test
  void aTryThatFailsOtherwiseOrDoesNotWaitIsNotStalled() throws Exception {
    ask();
    content.fail(new IOException("reset by the backend"));
    assertThat(body.isStalled()).isFalse();
    Request.Content again = body.forAttempt();
    again.demand(() -> {});
    input.has("abc");
    listener().onDataAvailable();
    again.fail(new TimeoutException());
    assertThat(body.isStalled()).as("the backend did not take what was there").isFalse();
    body.forAttempt().fail(new TimeoutException());
    assertThat(body.isStalled()).as("nobody has asked").isFalse();
  }

  @Test
  void aTryThatIsOverTakesNothingFromTheNextOne() throws Exception {
    ask();
    content.fail(new IOException("reset by the backend"));
    Request.Content next = body.forAttempt();
    int[] told = {0};
    next.demand(() -> told[0]++);
    ask();
    assertThat(called).as("to find that it is over").isOne();
    input.has("abc");
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
    listener().onDataAvailable();
    assertThat(told[0]).isOne();
    assertThat(text(next.read())).isEqualTo("abc");
  }

  @Test
  void whatIsKeptIsThereAtOnceAndThenOneWaits() throws Exception {
    ask();
    input.has("abc");
    listener().onDataAvailable();
    assertThat(text(content.read())).isEqualTo("abc");
    content.fail(new IOException("reset by the backend"));
    Request.Content next = body.forAttempt();
    next.demand(() -> called++);
    assertThat(called).isEqualTo(2);
    assertThat(text(next.read())).isEqualTo("abc");
    next.demand(() -> called++);
    assertThat(called).isEqualTo(2);
    input.has("def");
    listener().onDataAvailable();
    assertThat(called).isEqualTo(3);
  }

  private void ask() {
    content.demand(() -> called++);
  }

  private ReadListener listener() {
    return Objects.requireNonNull(input.listener());
  }

  private static boolean isDone(Thread thread) {
    return thread.getState() == Thread.State.TERMINATED;
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static boolean isEnd(Content.@Nullable Chunk chunk) {
    return chunk != null && chunk.isLast() && !chunk.hasRemaining();
  }

  private static String text(Content.@Nullable Chunk chunk) {
    byte[] bytes = new byte[Objects.requireNonNull(chunk).remaining()];
    chunk.get(bytes, 0, bytes.length);
    return new String(bytes, ISO_8859_1);
  }
}
