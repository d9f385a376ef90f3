package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBodyTest {
  private static final int BUFFER = 8;
  private static final int KEPT = 32;

  private final FakeInput input = new FakeInput();
  private boolean opened;
  private boolean reset;

  @ParameterizedTest
  @ValueSource(longs = {-1, 12})
  void aShortBodyIsReadAgainByTheNextTry(long length) {
    ClientBody body = body(length);
    assertThat(body.canBeSentAgain()).isTrue();
    input.has("abc", "defghi", "jkl");
    assertThat(readAll(body.forAttempt())).isEqualTo("abcdefghijkl");
    assertThat(body.canBeSentAgain()).isTrue();
    assertThat(readAll(body.forAttempt())).isEqualTo("abcdefghijkl");
    assertThat(readAll(body.forAttempt())).isEqualTo("abcdefghijkl");
    assertThat(body.taken()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 12})
  void aTryThatFailedInTheMiddleIsFollowedByAWholeOne(long length) {
    ClientBody body = body(length);
    input.has("abc", "defghi");
    Request.Content first = body.forAttempt();
    first.demand(() -> {});
    assertThat(text(first.read())).isEqualTo("abc");
    first.fail(new Exception("the backend has died"));
    input.has("jkl");
    assertThat(readAll(body.forAttempt())).isEqualTo("abcdefghijkl");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 33})
  void aLongBodyIsPassedOnOnceOnly(long length) {
    ClientBody body = body(length);
    input.has("0123456789abcdef", "0123456789abcdefg");
    assertThat(body.canBeSentAgain()).isTrue();
    assertThat(readAll(body.forAttempt())).isEqualTo("0123456789abcdef0123456789abcdefg");
    assertThat(body.canBeSentAgain()).isFalse();
  }

  @Test
  void aBodyOfJustTheBoundIsKept() {
    ClientBody body = body(-1);
    input.has("0123456789abcdef", "0123456789abcdef");
    assertThat(readAll(body.forAttempt())).hasSize(32);
    assertThat(body.canBeSentAgain()).isTrue();
    assertThat(readAll(body.forAttempt())).isEqualTo("0123456789abcdef0123456789abcdef");
  }

  @Test
  void bytesThatAreStillToBeWrittenAreNotOverwritten() {
    ClientBody body = body(-1);
    input.has("0123", "45", "6789abcdef0123456789abcdef", "g", "hijklmnopq");
    Request.Content content = body.forAttempt();
    content.demand(() -> {});
    Deque<Content.Chunk> unwritten = new ArrayDeque<>();
    StringBuilder all = new StringBuilder();
    for (Content.Chunk chunk = content.read(); chunk != null; chunk = content.read()) {
      unwritten.add(chunk);
    }
    while (!unwritten.isEmpty()) { // the client writes one at a time and then gives it back
      Content.Chunk chunk = unwritten.remove();
      all.append(text(chunk));
      chunk.release();
      for (Content.Chunk more = content.read(); more != null; more = content.read()) {
        unwritten.add(more);
        if (more.isLast()) {
          break;
        }
      }
      if (!unwritten.isEmpty() && unwritten.getLast().isLast()) {
        break;
      }
    }
    unwritten.forEach(chunk -> all.append(text(chunk)));
    assertThat(all).hasToString("0123456789abcdef0123456789abcdefghijklmnopq");
  }

  @Test
  void manyTinyChunksAreNotKeptForEver() {
    ClientBody body = new ClientBody(late(-1), 0, BUFFER, 1 << 20);
    String[] bytes = new String[300];
    java.util.Arrays.fill(bytes, "x");
    input.has(bytes);
    assertThat(readAll(body.forAttempt())).hasSize(300);
    assertThat(body.canBeSentAgain()).isFalse();
  }

  @Test
  void withoutABufferNothingIsKept() {
    ClientBody body = new ClientBody(late(3), 0, BUFFER, 0);
    input.has("abc");
    assertThat(readAll(body.forAttempt())).isEqualTo("abc");
    assertThat(body.canBeSentAgain()).isFalse();
  }

  @Test
  void theStreamIsLeftAloneUntilTheBodyIsWanted() {
    Request.Content content = body(3).forAttempt();
    assertThat(content.read()).isNull();
    assertThat(opened).isFalse();
    content.demand(() -> {});
    assertThat(opened).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc"})
  void whatWasResetHasNoEnd(String bytes) {
    reset = true;
    if (!bytes.isEmpty()) {
      input.has(bytes);
    }
    assertThatItFailsAfter(bytes, body(-1).forAttempt());
  }

  @Test
  void whatWasResetBetweenTwoTriesHasNoEndForTheSecond() {
    ClientBody body = body(-1);
    input.has("abc", "def");
    assertThat(readAll(body.forAttempt())).isEqualTo("abcdef");
    reset = true;
    assertThatItFailsAfter("abc", body.forAttempt());
  }

  @Test
  void aBodyThatIsShorterThanItSaysFails() {
    input.has("abc");
    assertThatItFailsAfter("abc", body(5).forAttempt());
  }

  private static void assertThatItFailsAfter(String text, Request.Content content) {
    StringBuilder all = new StringBuilder();
    content.demand(() -> {});
    Content.Chunk chunk = content.read();
    while (chunk != null && !Content.Chunk.isFailure(chunk)) {
      assertThat(chunk.isLast()).isFalse();
      all.append(text(chunk));
      chunk.release();
      chunk = content.read();
    }
    assertThat(chunk).as("a failure").isNotNull();
    assertThat(all).hasToString(text);
  }

  private LateInput late(long length) {
    return new LateInput(
        () -> {
          opened = true;
          return input;
        },
        length,
        () -> reset);
  }

  private ClientBody body(long length) {
    return new ClientBody(late(length), 0, BUFFER, KEPT);
  }

  private static String readAll(Request.Content content) {
    StringBuilder all = new StringBuilder();
    content.demand(() -> {});
    while (true) {
      Content.Chunk chunk = content.read();
      assertThat(chunk).as("after " + all).isNotNull();
      all.append(text(chunk));
      chunk.release();
      if (chunk.isLast()) {
        return all.toString();
      }
    }
  }

  private static String text(Content.Chunk chunk) {
    ByteBuffer bytes = chunk.getByteBuffer();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return new String(copy, ISO_8859_1);
  }
}
