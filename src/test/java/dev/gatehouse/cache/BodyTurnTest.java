package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.Outcome;
import dev.gatehouse.testkit.FakeRequest;
import dev.gatehouse.testkit.FakeResponse;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of requests with bodies, between a container and an origin that do what a test says. */
class BodyTurnTest {
  private static final ProxyConfig.Route ROUTE =
      new ProxyConfig.Route("r", ProxyConfig.Match.ALL, "", false, Optional.empty(), "p");

  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final FakeOrigin origin = new FakeOrigin();
  private final FakeBodies bodies = new FakeBodies();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private long nanos;
  private final HttpCache cache =
      new HttpCache(
          Rules.DEFAULT.withMethods("GET", "HEAD", "QUERY", "POST").config(),
          false,
          "X-Consumer",
          new MapStore(),
          bodies,
          origin,
          FakeOrigin::sent,
          later::add,
          () -> now,
          () -> nanos,
          new Random(1));

  @Nested
  class AQuery {
    @ParameterizedTest
    @ValueSource(strings = {"QUERY", "POST"})
    void isAnsweredFromStoreByItsBody(String method) throws Exception {
      answered(method, "a", "one");
      answered(method, "b", "two");
      assertThat(origin.calls()).hasSize(2);
      Client again = new Client(method).sends("a");
      assertThat(origin.calls()).hasSize(2);
      assertThat(again.text()).isEqualTo("one");
      assertThat(again.response.fields()).contains("gatehouse; hit").doesNotContain("collapsed");
      assertThat(new Client(method).sends("b").text()).isEqualTo("two");
      assertThat(cache.counters().total(Event.HIT)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "Content-Encoding"})
    void isAnotherOneInAnotherTypeOrCoding(String name) throws Exception {
      answered("QUERY", "a", "one");
      new Client("QUERY").with(name, "x").sends("a");
      assertThat(origin.calls()).hasSize(2);
      assertThat(origin.last().fields().first(name)).contains("x");
    }

    @Test
    void isNoGet() throws Exception {
      answered("QUERY", "a", "one");
      new Client("GET").asks();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void needsNotHaveABody() throws Exception {
      new Client("QUERY").asks();
      assertThat(bodies.readers()).isEmpty();
      answer("max-age=10", "none");
      assertThat(new Client("QUERY").asks().response.output().text()).isEqualTo("none");
      new Client("QUERY").sends("digest of nothing");
      assertThat(origin.calls()).as("an empty one is another").hasSize(2);
    }

    @Test
    void hasVariants() throws Exception {
      new Client("QUERY").with("Accept", "x").sends("a");
      origin.last().head(200, fresh("max-age=10").plus("Vary", "Accept"));
      origin.last().body("x of a");
      origin.last().end();
      new Client("QUERY").with("Accept", "y").sends("a");
      new Client("QUERY").with("Accept", "x").sends("b");
      assertThat(origin.calls()).hasSize(3);
      assertThat(new Client("QUERY").with("Accept", "x").sends("a").text()).isEqualTo("x of a");
    }

    @Test
    @DisplayName("RFC 10008 §2.6: has conditions as GET has")
    void hasConditions() throws Exception {
      answered("QUERY", "a", "one");
      Client second = new Client("QUERY").with("If-None-Match", "\"t\"").sends("a");
      assertThat(second.response.status()).isEqualTo(304);
      assertThat(second.response.calls()).as("or there would be a length").contains("flushBuffer");
      assertThat(second.request.calls()).containsExactly("complete");
    }

    @Test
    void isValidatedWhenStale() throws Exception {
      answered("QUERY", "a", "one");
      passes(11);
      Client second = new Client("QUERY").sends("a");
      assertThat(origin.last().fields().first("If-None-Match")).contains("\"t\"");
      origin.last().head(304, fresh("max-age=20"));
      origin.last().end();
      assertThat(second.text()).isEqualTo("one");
      passes(15);
      assertThat(new Client("QUERY").sends("a").text()).as("fresh again").isEqualTo("one");
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    @DisplayName("RFC 5861 §3: is asked for anew with the same body")
    void isRefreshedWithItsBody() throws Exception {
      new Client("QUERY").with("Content-Type", "t").sends("a");
      answer("max-age=10, stale-while-revalidate=60", "old");
      passes(11);
      Client second = new Client("QUERY").with("Content-Type", "t").sends("a");
      assertThat(second.text()).isEqualTo("old");
      runAll();
      assertThat(origin.calls()).hasSize(2);
      HttpServletRequest refresh = origin.last().request();
      assertThat(refresh.getMethod()).isEqualTo("QUERY");
      assertThat(FakeBodies.isCopied(refresh)).isTrue();
      assertThat(origin.last().fields().first("Content-Type")).contains("t");
      answer("max-age=10", "new");
      Client third = new Client("QUERY").with("Content-Type", "t").sends("a");
      assertThat(third.text()).isEqualTo("new");
    }
  }

  @Nested
  class SeveralAtOnce {
    @Test
    void areOneIfTheirBodiesAreTheSame() throws Exception {
      Client first = new Client("QUERY").sends("a");
      Client second = new Client("QUERY").sends("a");
      Client other = new Client("QUERY").sends("b");
      assertThat(origin.calls()).hasSize(2);
      FakeOrigin.Call call = origin.calls().get(0);
      call.head(200, fresh("max-age=10"));
      call.body("abc");
      call.end();
      runAll();
      second.response.output().begins();
      runAll();
      assertThat(first.response.output().text()).isEqualTo("abc");
      assertThat(second.response.output().text()).isEqualTo("abc");
      assertThat(second.response.fields()).contains("collapsed");
      assertThat(other.response.output().text()).isEmpty();
    }

    @Test
    void goByThemselvesWithTheirOwnRequest() throws Exception {
      new Client("QUERY").sends("a");
      Client second = new Client("QUERY").with("X-Own", "2").sends("a");
      origin.last().head(200, fresh("no-store"));
      runAll();
      assertThat(origin.calls()).hasSize(2);
      assertThat(origin.last().fields().first("X-Own")).contains("2");
      answer("no-store", "own");
      assertThat(second.response.output().text()).isEqualTo("own");
    }
  }

  @Nested
  class WhatGoesPastTheCache {
    @ParameterizedTest(name = "{0} with {1}: {2} is {3}")
    @CsvSource({
      "GET, Content-Length, 1, request-content",
      "HEAD, Transfer-Encoding, chunked, request-content",
      "QUERY, Content-Length, 1001, request-body-size",
      "QUERY, Content-Length, 99999999999999999999, request-body-size",
      "QUERY, Trailer, X-Sum, request-trailers",
      "QUERY, Expect, 100-continue, request-expect",
      "POST, If-None-Match, *, request-precondition",
      "POST, If-Match, *, request-precondition",
      "POST, If-Modified-Since, x, request-precondition",
      "POST, If-Unmodified-Since, x, request-precondition",
    })
    void isNotRead(String method, String name, String value, String reason) throws Exception {
      for (int i = 1; i <= 2; i++) {
        Client client = new Client(method).with(name, value);
        if (!name.startsWith("Content") && !name.startsWith("Transfer")) {
          client.with("Transfer-Encoding", "chunked");
        }
        client.asks();
        assertThat(bodies.readers()).isEmpty();
        assertThat(origin.calls()).as("at once").hasSize(i);
        answer("max-age=10", "abc");
        assertThat(client.response.output().text()).isEqualTo("abc");
        assertThat(client.response.fields()).contains("fwd=bypass").contains(reason);
      }
      new Client("GET").asks();
      assertThat(origin.calls()).as("nothing is kept").hasSize(3);
    }

    @Test
    void isLongerThanWasSeenBefore() throws Exception {
      Client client = new Client("QUERY").begins();
      bodies.last().stop();
      runAll();
      answer("max-age=10", "abc");
      assertThat(client.response.output().text()).isEqualTo("abc");
      assertThat(client.response.fields()).contains("fwd=bypass").contains("request-body-size");
      new Client("QUERY").sends("a");
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void isTooSlow() throws Exception {
      Client slow = new Client("QUERY").begins();
      nanos = Duration.ofSeconds(5).toNanos() - 1;
      cache.tick();
      runAll();
      assertThat(origin.calls()).isEmpty();
      nanos++;
      cache.tick();
      runAll();
      assertThat(origin.calls()).hasSize(1);
      answer("max-age=10", "abc");
      assertThat(slow.response.fields()).contains("request-body-late");
      cache.tick();
      assertThat(later).as("it is read no more").isEmpty();
    }

    @Test
    void isFromAClientThatHasLeft() throws Exception {
      bodies.clientIsGone();
      new Client("QUERY").asks();
      assertThat(origin.calls()).as("who forwards tells").hasSize(1);
    }
  }

  @Test
  void whoHasLeftAsHisBodyWasReadIsNotForwarded() throws Exception {
    Client client = new Client("QUERY").begins();
    bodies.last().whole("a");
    client.leaves();
    runAll();
    assertThat(origin.calls()).isEmpty();
    assertThat(client.exchange.journal().outcome(0)).isEqualTo(Outcome.CLIENT_GONE);
    assertThat(client.request.calls()).containsExactly("complete");
  }

  @Nested
  @DisplayName("RFC 9111 §4.4 what is changed")
  class WhatIsChanged {
    @Test
    void isForgottenWhateverItsBody() throws Exception {
      answered("QUERY", "a", "one");
      answered("POST", "a", "two");
      new Client("PUT").asks();
      origin.last().head(204, Fields.NONE);
      origin.last().end();
      new Client("QUERY").sends("a");
      new Client("POST").sends("a");
      assertThat(origin.calls()).hasSize(5);
    }

    @Test
    void byPostIsAllButPostsIfThatIsKept() throws Exception {
      answered("POST", "a", "one");
      answered("QUERY", "a", "two");
      answered("POST", "b", "three");
      assertThat(new Client("POST").sends("a").text()).isEqualTo("one");
      new Client("QUERY").sends("a");
      assertThat(origin.calls()).hasSize(4);
    }

    @Test
    void byPostIsAllIfThatIsNotKept() throws Exception {
      answered("POST", "a", "one");
      new Client("POST").sends("b");
      answer("no-store", "done");
      new Client("POST").sends("a");
      assertThat(origin.calls()).hasSize(3);
    }

    @Test
    void byPostIsNothingIfThatHasFailed() throws Exception {
      answered("POST", "a", "one");
      new Client("POST").sends("b");
      origin.last().head(500, Fields.NONE);
      origin.last().end();
      assertThat(new Client("POST").sends("a").text()).isEqualTo("one");
    }

    @Test
    void isPostItselfAskedWithoutConditions() throws Exception {
      answered("POST", "a", "one");
      passes(11);
      new Client("POST").sends("a");
      assertThat(origin.calls()).hasSize(2);
      assertThat(origin.last().fields().has("If-None-Match")).isFalse();
    }
  }

  private void answered(String method, String digest, String body) throws Exception {
    new Client(method).sends(digest);
    answer("max-age=10", body);
  }

  private void answer(String control, String body) throws Exception {
    origin.last().head(200, fresh(control));
    origin.last().body(body);
    origin.last().end();
    runAll();
  }

  private Fields fresh(String control) {
    return Fields.of("Cache-Control", control, "Date", HttpDate.format(now), "ETag", "\"t\"");
  }

  private void passes(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void runAll() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  private final class Client {
    private final FakeRequest request;
    private final FakeResponse response = new FakeResponse();
    private final Exchange exchange =
        new Exchange(
            "192.0.2.1",
            false,
            "192.0.2.1",
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> nanos));

    Client(String method) {
      this.request = new FakeRequest(method, "/a").with("Host", "h");
      exchange.settle(ROUTE);
    }

    Client with(String name, String value) {
      request.with(name, value);
      return this;
    }

    Client asks() throws Exception {
      HttpServletRequest asked = request.asRequest();
      exchange.attachTo(asked);
      cache.serve(new HttpServletRequestWrapper(asked), response.asResponse(), origin);
      return this;
    }

    /** With a body of which nothing has come. */
    Client begins() throws Exception {
      return with("Transfer-Encoding", "chunked").asks();
    }

    /** The container finds out that the client has left. */
    void leaves() throws IOException {
      AsyncEvent event =
          new AsyncEvent(request.asRequest().getAsyncContext(), new IOException("gone"));
      for (var each : request.listeners().toArray(AsyncListener[]::new)) {
        each.onError(event);
      }
    }

    /** With a body that has this digest. */
    Client sends(String digest) throws Exception {
      begins();
      bodies.last().whole(digest);
      runAll();
      return this;
    }

    /** What came from store. */
    String text() throws Exception {
      response.output().begins();
      return response.output().text();
    }
  }
}
