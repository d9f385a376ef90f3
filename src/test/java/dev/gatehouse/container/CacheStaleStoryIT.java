package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stale after a second, and what becomes of it. */
@ArquillianTest
@RunAsClient
@DisplayName("Stale answers")
final class CacheStaleStoryIT {
  private static final Cached ORIGIN = new Cached();
  private static final AtomicInteger TARGETS = new AtomicInteger();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(ORIGIN.backend()));
    settings.put("proxy.health.passive.maxFails", "0"); // a backend that fails stays in use
    settings.put("proxy.retry.maxRetries", "0");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    ORIGIN.close();
  }

  private static String target() {
    return "/stale/" + TARGETS.incrementAndGet();
  }

  /** Asks until it is a second old; then what is kept is used no more, or not without a word. */
  private static Reply afterItsTime(String target) {
    Reply[] last = new Reply[1];
    Await.until(
        "it is stale",
        () -> {
          last[0] = ORIGIN.exchange("GET", target, "localhost");
          return !Cached.word(last[0]).equals("HIT");
        });
    return last[0];
  }

  private static int age(Reply reply) {
    return Integer.parseInt(reply.header("Age").orElseThrow());
  }

  @Test
  @DisplayName(
      "E11 stale-while-revalidate: the old one at once, one request behind it, then the new")
  void whatIsStaleIsUsedWhileItIsRefreshed() throws Exception {
    String target = target();
    CountDownLatch refreshed = new CountDownLatch(1);
    String lines = "Cache-Control: max-age=1, stale-while-revalidate=600";
    ORIGIN
        .backend()
        .answer(
            seen ->
                ORIGIN.asked(target) == 1
                    ? ORIGIN.numbered(seen, 200, lines)
                    : Script.raw("")
                        .pause(refreshed)
                        .send("HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n")
                        .send("Content-Length: 3\r\n\r\nnew"));
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    for (int i = 0; i < 5; i++) {
      Reply stale = i == 0 ? afterItsTime(target) : ORIGIN.exchange("GET", target, "localhost");
      assertThat(Cached.word(stale)).isEqualTo("STALE");
      assertThat(stale.text()).isEqualTo("1");
      assertThat(age(stale)).isPositive();
    }
    refreshed.countDown();
    Await.until("the new one is there", () -> ORIGIN.get(target).text().equals("new"));
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
  }

  @Test
  @DisplayName("E11 stale-while-revalidate: not behind the window")
  void theWindowHasAnEnd() throws Exception {
    String target = target();
    ORIGIN.answer(200, "Cache-Control: max-age=0, stale-while-revalidate=0~ETag: \"x\"");
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    assertThat(ORIGIN.get(target).text()).isEqualTo("2");
  }

  @ParameterizedTest(name = "E11 {0}, then {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=1, stale-if-error=600 | 500 | 200",
        "max-age=1, stale-if-error=600 | 502 | 200",
        "max-age=1, stale-if-error=600 | 503 | 200",
        "max-age=1, stale-if-error=600 | 504 | 200",
        "max-age=1, stale-if-error=600 | reset | 200",
        "max-age=1, stale-if-error=600 | 404 | 404",
        "max-age=1, stale-if-error=600 | 501 | 501",
        "max-age=1 | reset | 200",
        "max-age=1 | 503 | 503",
        "max-age=1, must-revalidate | reset | 502",
        "max-age=1, must-revalidate, stale-if-error=600 | 503 | 503",
        "max-age=1, proxy-revalidate | reset | 502",
        "s-maxage=1 | reset | 502",
        "max-age=1, no-cache | reset | 502",
      })
  void whatIsStaleAnswersForAnOriginThatFailsIfItMay(String control, String how, int status)
      throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen -> {
              if (ORIGIN.asked(target) == 1) {
                return ORIGIN.numbered(seen, 200, "Cache-Control: " + control + "~ETag: \"x\"");
              }
              return how.equals("reset")
                  ? Script.raw("").rst()
                  : ORIGIN.numbered(seen, Integer.parseInt(how), "-");
            });
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    Reply reply = afterItsTime(target);
    assertThat(reply.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(reply.text()).isEqualTo("1");
      assertThat(Cached.word(reply)).isEqualTo("STALE");
      assertThat(age(reply)).isPositive();
    }
  }

  @Test
  void anErrorThatIsKeptIsNotUsedInPlaceOfANewOne() throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen ->
                ORIGIN.numbered(
                    seen,
                    ORIGIN.asked(target) == 1 ? 503 : 500,
                    "Cache-Control: max-age=1, stale-if-error=600~ETag: \"x\""));
    assertThat(ORIGIN.get(target).status()).isEqualTo(503);
    assertThat(afterItsTime(target).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("RFC 9111 §4.3: one that is still current is used with the fields it now has")
  void whatIsCurrentIsRefreshedByItsHead() throws Exception {
    String target = target();
    ORIGIN.backend().answer(CacheStaleStoryIT::current);
    Reply first = ORIGIN.get(target, "X-Extra: 1");
    assertThat(first.text()).isEqualTo("hello");
    assertThat(first.header("X-Version")).contains("1");
    Reply then = afterItsTime(target);
    assertThat(Cached.word(then)).isEqualTo("REVALIDATED");
    assertThat(then.status()).isEqualTo(200);
    assertThat(then.text()).isEqualTo("hello");
    assertThat(then.header("X-Version")).contains("2");
    assertThat(then.header("X-Kept")).contains("yes");
    Reply hit = ORIGIN.get(target);
    assertThat(Cached.word(hit)).isEqualTo("HIT");
    assertThat(hit.header("X-Version")).contains("2");
    assertThat(hit.text()).isEqualTo("hello");
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
  }

  private static Script current(Seen seen) {
    return seen.header("If-None-Match").filter("\"a\""::equals).isPresent()
        ? Script.ofStatus(304, "ETag: \"a\"", "Cache-Control: max-age=600", "X-Version: 2")
        : Script.response(
            200,
            Cached.bytes("hello"),
            "ETag: \"a\"",
            "Cache-Control: max-age=1",
            "X-Version: 1",
            "X-Kept: yes");
  }

  @Test
  void aClientsOwnConditionDoesNotSpoilWhatIsKept() throws Exception {
    String target = target();
    ORIGIN.backend().answer(CacheStaleStoryIT::current);
    assertThat(ORIGIN.get(target).text()).isEqualTo("hello");
    Await.until("it is stale", () -> asksAgain(target));
    assertThat(ORIGIN.get(target).text()).isEqualTo("hello");
  }

  /** With a validator that only the client has. */
  private static boolean asksAgain(String target) throws Exception {
    Reply reply = ORIGIN.get(target, "If-None-Match: \"b\"");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("hello");
    return ORIGIN.asked(target) > 1;
  }

  @Test
  @DisplayName("RFC 9111 §4.3.5: an answer to HEAD that contradicts it ends what GET has left")
  void anAnswerToHeadTells() throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen ->
                ORIGIN.numbered(
                    seen, 200, "Cache-Control: max-age=1~ETag: \"" + ORIGIN.asked(target) + "\""));
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    Await.until(
        "HEAD is asked of the origin",
        () -> {
          Reply head = ORIGIN.ask("HEAD", target, "localhost");
          return head.header("ETag").filter("\"2\""::equals).isPresent();
        });
    assertThat(ORIGIN.get(target).text()).isEqualTo("3");
  }
}
