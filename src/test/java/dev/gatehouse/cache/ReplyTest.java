package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.stored;
import static dev.gatehouse.cache.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.ByteRanges.Range;
import dev.gatehouse.http.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
  private static final StoredResponse STORED =
      stored(200, "0123456789", "ETag", "\"a\"", "Content-Length", "10");

  @Test
  void theWholeHasItsLengthAndAge() throws IOException {
    Reply reply = Reply.of(STORED, new Answer.Whole(), "GET", 7);
    assertThat(text(reply.head().fields())).isEqualTo("ETag: \"a\" | Content-Length: 10 | Age: 7");
    assertThat(reply.head().status()).isEqualTo(200);
    assertThat(body(reply)).isEqualTo("0123456789");
    assertThat(reply.body().body()).isSameAs(STORED.body());
  }

  @Test
  void lengthIsThatOfTheBodyWhateverWasSaid() throws IOException {
    Reply reply = Reply.of(stored(200, "abc", "Age", "1"), new Answer.Whole(), "GET", -5);
    assertThat(text(reply.head().fields())).isEqualTo("Content-Length: 3 | Age: 0");
    assertThat(body(reply)).isEqualTo("abc");
  }

  @Test
  void toHeadItHasTheSameHeadWithoutTheBody() throws IOException {
    Reply head = Reply.of(STORED, new Answer.Whole(), "HEAD", 7);
    assertThat(head.head()).isEqualTo(Reply.of(STORED, new Answer.Whole(), "GET", 7).head());
    assertThat(head.length()).isZero();
    assertThat(body(head)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void a204HasNoLength(String method) throws IOException { // RFC 9110 §8.6
    Reply reply = Reply.of(stored(204, "", "A", "b"), new Answer.Whole(), method, 1);
    assertThat(text(reply.head().fields())).isEqualTo("A: b | Age: 1");
    assertThat(body(reply)).isEmpty();
  }

  @Test
  void a304HasNoLengthThatIsNotTheWholes() throws IOException { // RFC 9110 §8.6
    Reply reply = Reply.of(STORED, new Answer.NotModified(Fields.of("ETag", "\"a\"")), "GET", 1);
    assertThat(reply.head().status()).isEqualTo(304);
    assertThat(text(reply.head().fields())).isEqualTo("ETag: \"a\" | Age: 1");
    assertThat(body(reply)).isEmpty();
  }

  @Test
  void aPartIsOfTheSameArray() throws IOException {
    Range range = new Range(2, 4);
    Reply reply =
        Reply.of(STORED, new Answer.Part(Fields.of("Content-Length", "3"), range), "GET", 1);
    assertThat(reply.head().status()).isEqualTo(206);
    assertThat(text(reply.head().fields())).isEqualTo("Content-Length: 3 | Age: 1");
    assertThat(reply.from()).isEqualTo(2);
    assertThat(body(reply)).isEqualTo("234");
  }

  @Test
  void severalPartsSayHowTheyAreParted() throws IOException {
    Answer parts =
        new Answer.Parts(Fields.of("ETag", "\"a\""), List.of(new Range(0, 0), new Range(5, 6)));
    Reply reply = Reply.of(STORED, parts, "GET", 1);
    assertThat(reply.head().status()).isEqualTo(206);
    Fields fields = reply.head().fields();
    assertThat(fields.first("Content-Type").orElseThrow())
        .startsWith("multipart/byteranges; boundary=");
    String body = body(reply);
    assertThat(fields.first("Content-Length")).contains(Integer.toString(body.length()));
    assertThat(body).contains("bytes 0-0/10").contains("bytes 5-6/10").contains("\r\n56\r\n");
  }

  @Test
  void whatCannotBeSatisfiedIsEmpty() throws IOException {
    Answer not = new Answer.NotSatisfiable(Fields.of("Content-Range", "bytes */10"));
    Reply reply = Reply.of(STORED, not, "GET", 1);
    assertThat(reply.head().status()).isEqualTo(416);
    assertThat(text(reply.head().fields()))
        .isEqualTo("Content-Range: bytes */10 | Content-Length: 0");
    assertThat(body(reply)).isEmpty();
  }

  @Test
  void whatIsForTheOriginIsNone() {
    assertThatThrownBy(() -> Reply.of(STORED, new Answer.ForOrigin(), "GET", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"X-Cache,HIT", "x-cache,MISS", "Age,9"})
  void moreFieldsTakeTheOthersPlace(String name, String value) throws IOException {
    Reply before = Reply.of(stored(200, "abc", "X-Cache", "old"), new Answer.Whole(), "GET", 1);
    Reply reply = before.with(Fields.of(name, value));
    assertThat(reply.head().fields().all(name)).containsExactly(value);
    assertThat(body(reply)).isEqualTo("abc");
  }

  private static String body(Reply reply) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    reply.writeTo(body);
    assertThat(body.size()).isEqualTo(reply.length());
    return body.toString(StandardCharsets.ISO_8859_1);
  }
}
