package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.testkit.FakeRequest;
import dev.gatehouse.testkit.FakeResponse;
import dev.gatehouse.testkit.LogLines;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's whole way, between a container and an origin that do what a test tells them. */
class HttpCacheTest {
  private static final ProxyConfig.Route ROUTE =
      new ProxyConfig.Route("r", ProxyConfig.Match.ALL, "", false, Optional.empty(), "p");

  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final FakeOrigin origin = new FakeOrigin();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private long nanos;
  private int looksUntilFailure = -1;
  private boolean stopped;
  private final HttpCache cache =
      new HttpCache(
          Rules.DEFAULT.config(),
          false,
          "X-Consumer",
          new MapStore(),
          new FakeBodies(),
          origin,
          FakeOrigin::sent,
          this::execute,
          this::clock,
          () -> nanos,
          new Random(1));

  @Nested
  class OneRequest {
    @Test
    void isAnsweredFromStoreTheSecondTime() throws Exception {
      answered("max-age=10", "abc");
      passes(4);
      Client second = new Client().asks();
      assertThat(origin.calls()).hasSize(1);
      assertThat(second.response.output().text()).isEqualTo("abc");
      assertThat(second.response.fields())
          .contains("Age: 4", "Content-Length: 3", "gatehouse; hit; ttl=6");
      assertThat(cache.counters().total(Event.HIT)).isEqualTo(1);
    }

    @Test
    void isNotStoredIfItBreaksOff() throws Exception {
      new Client().asks();
      origin.last().head(200, fresh("max-age=10"));
      origin.last().body("ab");
      origin.last().breaks();
      new Client().asks();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void isNotStoredIfItIsShorterThanItSays() throws Exception {
      new Client().asks();
      origin.last().head(200, fresh("max-age=10").plus("Content-Length", "5"));
      origin.last().body("ab");
      origin.last().end();
      new Client().asks();
      assertThat(origin.calls()).hasSize(2);
      assertThat(cache.counters().total(Refusal.INCOMPLETE)).isEqualTo(1);
    }

    @Test
    void isLargeAndGoesOutWithoutTheThread() throws Exception {
      answered("max-age=10", "x".repeat(100_000));
      Client second = new Client().asks();
      assertThat(second.response.output().text()).isEmpty();
      second.response.output().begins();
      assertThat(second.response.output().text()).hasSize(100_000);
      assertThat(second.response.output().isClosed()).isTrue();
      assertThat(second.request.calls()).containsExactly("complete");
    }

    @Test
    void isLargeAndItsClientLeaves() throws Exception {
      answered("max-age=10", "x".repeat(100_000));
      Client second = new Client().asks();
      second.response.output().stopsAfter(1);
      second.response.output().begins();
      second.leaves();
      assertThat(second.request.calls()).containsExactly("complete");
      second.response.output().goesOn();
      assertThat(second.response.output().text()).as("nothing more").hasSize(65_536);
    }
  }

  @Nested
  class SeveralAtOnce {
    @Test
    void areOneRequestToTheOrigin() throws Exception {
      Client first = new Client().asks();
      Client second = new Client().asks();
      Client third = new Client().asks();
      assertThat(origin.calls()).hasSize(1);
      origin.last().head(200, fresh("max-age=10"));
      origin.last().body("ab");
      runAll();
      second.response.output().begins();
      assertThat(second.response.output().text()).as("while it comes").isEqualTo("ab");
      origin.last().body("c");
      origin.last().end();
      third.response.output().begins();
      runAll();
      for (Client each : new Client[] {first, second, third}) {
        assertThat(each.response.output().text()).isEqualTo("abc");
        assertThat(each.response.output().isClosed()).isTrue();
      }
      assertThat(second.response.fields()).contains("collapsed").contains("Age: 0");
      assertThat(second.request.calls()).containsExactly("complete");
      assertThat(cache.counters().total(Event.COLLAPSED)).isEqualTo(2);
    }

    @Test
    void goByThemselvesIfTheAnswerIsNotForOthers() throws Exception {
      new Client().asks();
      Client second = new Client().asks();
      origin.last().head(200, fresh("private"));
      runAll();
      assertThat(origin.calls()).hasSize(2);
      origin.last().head(200, fresh("private"));
      origin.last().body("hers");
      origin.last().end();
      assertThat(second.response.output().text()).isEqualTo("hers");
      new Client().asks();
      new Client().asks();
      assertThat(origin.calls()).as("nobody waits for such a one again").hasSize(4);
    }

    @Test
    void goByThemselvesIfItIsAnotherVariant() throws Exception {
      new Client().with("Accept", "a").asks();
      Client second = new Client().with("Accept", "b").asks();
      Client third = new Client().with("Accept", "a").asks();
      origin.last().head(200, fresh("max-age=10").plus("Vary", "Accept"));
      runAll();
      assertThat(origin.calls()).hasSize(2);
      assertThat(origin.last().fields().first("Accept")).contains("b");
      assertThat(second.response.output().isListenedTo()).isFalse();
      assertThat(third.response.output().isListenedTo()).isTrue();
    }

    @Test
    void waitNoLongerThanTheyMay() throws Exception {
      new Client().asks();
      new Client().asks();
      nanos = Duration.ofSeconds(5).toNanos() - 1;
      cache.tick();
      runAll();
      assertThat(origin.calls()).hasSize(1);
      nanos++;
      cache.tick();
      runAll();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void waitNoLongerInAllIfTheOneTheyWaitForLeaves() throws Exception {
      new Client().asks();
      new Client().asks();
      new Client().asks();
      nanos = Duration.ofSeconds(4).toNanos();
      origin.last().over(); // its client has left
      runAll();
      assertThat(origin.calls()).as("one goes, one waits for it").hasSize(2);
      nanos = Duration.ofSeconds(5).toNanos();
      cache.tick();
      runAll();
      assertThat(origin.calls()).hasSize(3);
    }

    @Test
    void goOnIfNoHeadCanBePassedOn() throws Exception {
      Client first = new Client().failing().asks();
      new Client().asks();
      assertThat(first.response.output().isListenedTo()).isFalse();
      assertThatThrownBy(() -> origin.last().head(200, fresh("max-age=10")))
          .isInstanceOf(IllegalStateException.class);
      runAll();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void areLessOneThatLeaves() throws Exception {
      new Client().asks();
      Client second = new Client().asks();
      second.leaves();
      assertThat(second.request.calls()).containsExactly("complete");
      origin.last().head(200, fresh("max-age=10"));
      runAll();
      assertThat(second.response.output().isListenedTo()).isFalse();
      assertThat(second.response.fields()).isEmpty();
    }

    @Test
    void areNotTouchedIfOneLeavesBeforeItIsServed() throws Exception {
      new Client().asks();
      Client second = new Client().asks();
      origin.last().head(200, fresh("max-age=10"));
      second.leaves(); // it is called, and not yet served
      runAll();
      assertThat(second.response.output().isListenedTo()).isFalse();
      assertThat(second.response.fields()).isEmpty();
      assertThat(second.request.calls()).containsExactly("complete");
    }

    @Test
    void doNotWaitForTheOneWhoAskedFirst() throws Exception {
      Client first = new Client().asks();
      Client second = new Client().asks();
      first.response.output().stopsAfter(0);
      ServletOutputStream stream = origin.last().begins(200, fresh("max-age=10"), new Writer());
      first.response.output().begins();
      runAll();
      second.response.output().begins();
      stream.write("ab".getBytes(StandardCharsets.US_ASCII));
      stream.flush();
      stream.write("c".getBytes(StandardCharsets.US_ASCII));
      assertThat(stream.isReady()).isTrue();
      origin.last().end();
      runAll();
      assertThat(second.response.output().text()).isEqualTo("abc");
      assertThat(second.response.output().isClosed()).isTrue();
      assertThat(first.response.output().text()).isEqualTo("ab");
      Client third = new Client().asks();
      assertThat(third.response.fields()).as("it is stored").contains("; hit;");
      first.response.output().goesOn();
      assertThat(first.response.output().text()).isEqualTo("abc");
      assertThat(first.response.output().isClosed()).isTrue();
    }

    @Test
    void doNotWaitForeverForOneThatDoesNotReadWhatIsTooLarge() throws Exception {
      byte[] large = new byte[1 << 20];
      Client first = new Client().asks();
      Client second = new Client().asks();
      Client third = new Client().asks();
      ServletOutputStream stream = origin.last().begins(200, fresh("max-age=10"), new Writer());
      runAll();
      first.response.output().begins();
      second.response.output().begins();
      third.response.output().stopsAfter(0);
      third.response.output().begins();
      stream.write(large);
      assertThat(stream.isReady()).isTrue();
      stream.write(large);
      runAll();
      assertThat(stream.isReady()).as("one does not read").isFalse();
      cache.tick();
      nanos = Duration.ofSeconds(5).toNanos();
      cache.tick();
      runAll();
      assertThat(third.request.calls()).as("it is cut").containsExactly("dispatch");
      assertThat(stream.isReady()).isTrue();
      stream.write(large);
      origin.last().end();
      runAll();
      assertThat(first.response.output().bytes()).hasSize(3 << 20);
      assertThat(second.response.output().bytes()).hasSize(3 << 20);
      assertThat(second.request.calls()).containsExactly("complete");
    }

    @Test
    void areBrokenTogether() throws Exception {
      new Client().asks();
      Client second = new Client().asks();
      origin.last().head(200, fresh("max-age=10"));
      runAll();
      second.response.output().begins();
      origin.last().body("ab");
      origin.last().breaks();
      runAll();
      assertThat(second.response.output().text()).isEqualTo("ab");
      assertThat(second.request.calls()).containsExactly("dispatch");
      new Client().asks();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void sendOneInThePlaceOfOneThatBreaksOffAsItIsShared() throws Exception {
      new Client().asks();
      List<Client> others = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        others.add(new Client().asks());
      }
      origin.last().head(200, fresh("max-age=10"));
      origin.last().breaks(); // they are called, and do not read yet
      runAll();
      assertThat(origin.calls()).as("one for all").hasSize(2);
      origin.last().head(200, fresh("max-age=10"));
      origin.last().body("abc");
      origin.last().end();
      runAll();
      assertThat(origin.calls()).hasSize(2);
      int[] waited = {0};
      for (Client each : others) {
        if (each.response.output().isListenedTo()) {
          each.response.output().begins();
        }
        assertThat(each.response.output().text()).isEqualTo("abc");
        waited[0] += each.response.fields().contains("collapsed") ? 1 : 0;
      }
      assertThat(waited[0]).isEqualTo(49);
      assertThat(cache.counters().total(Event.COLLAPSED)).isEqualTo(49);
    }

    @Test
    void doNotWaitForOneThatHasFailedBeforeItWent() throws Exception {
      looksUntilFailure = 1;
      assertThatThrownBy(() -> new Client().asks()).hasMessage("a fault");
      new Client().asks();
      assertThat(origin.calls()).hasSize(1);
    }

    @Test
    void doNotWaitForARefreshThatHasFailedBeforeItWent() throws Exception {
      answered("max-age=10, stale-while-revalidate=60", "old");
      passes(11);
      looksUntilFailure = 1;
      assertThat(new Client().asks().response.output().text()).isEqualTo("old");
      passes(61);
      new Client().asks();
      assertThat(origin.calls()).hasSize(2);
    }

    @Test
    void areNotRefreshedAsTheApplicationStopsAndNobodyComplains() throws Exception {
      answered("max-age=10, stale-while-revalidate=60", "old");
      passes(11);
      stopped = true;
      try (LogLines log = new LogLines(Refresh.class)) {
        assertThat(new Client().asks().response.output().text()).isEqualTo("old");
        assertThat(log.lines()).isEmpty();
      }
      stopped = false;
      new Client().asks();
      runAll();
      assertThat(origin.calls()).as("nobody is under way any more").hasSize(2);
    }

    @Test
    void areNotOneWithABodyWhoseBeginningIsGone() throws Exception {
      Client first = new Client().asks();
      new Client().asks();
      ServletOutputStream stream = origin.last().begins(200, fresh("max-age=10"), new Writer());
      first.response.output().begins();
      stream.write(new byte[2 << 20]);
      runAll();
      assertThat(origin.calls()).as("a look would lead back there").hasSize(2);
    }

    @Test
    void areNotStoredBeyondWhatTheHeapMayHold() throws Exception {
      byte[] most = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        new Client("GET", "/" + i).asks();
        origin.last().head(200, fresh("max-age=10")).write(most);
      }
      Client more = new Client().asks();
      origin.last().head(200, fresh("max-age=10"));
      origin.last().body("abc");
      origin.last().end();
      assertThat(more.response.output().text()).isEqualTo("abc");
      assertThat(more.response.fields()).contains("gatehouse; fwd=uri-miss; detail=no-room");
      assertThat(cache.counters().total(Refusal.NO_ROOM)).isEqualTo(1);
      new Client().asks();
      new Client().asks();
      assertThat(origin.calls()).as("it is not stored, and others still wait").hasSize(66);
      origin.calls().get(0).breaks();
      origin.last().head(200, fresh("max-age=10"));
      origin.last().body("abc");
      origin.last().end();
      assertThat(new Client().asks().response.fields()).contains("; hit;");
    }

    @Test
    void areStoredThoughManyAreReadSlowly() throws Exception {
      byte[] most = new byte[1 << 20];
      for (int i = 0; i < 65; i++) {
        new Client("GET", "/" + i).asks();
        ServletOutputStream stream = origin.last().begins(200, fresh("max-age=10"), new Writer());
        stream.write(most);
        origin.last().end();
      }
      assertThat(cache.counters().total(Refusal.NO_ROOM)).isZero();
      assertThat(cache.counters().total(Event.STORED)).isEqualTo(65);
    }

    @Test
    void areServedFromWhatIsNotStored() throws Exception {
      for (int i = 0; i < 64; i++) {
        new Client("GET", "/" + i).asks();
        origin.last().head(200, fresh("max-age=10")).write(new byte[1 << 20]);
      }
      Client first = new Client().asks();
      Client second = new Client().asks();
      ServletOutputStream stream = origin.last().begins(200, fresh("max-age=10"), new Writer());
      first.response.output().begins();
      runAll();
      second.response.output().begins();
      stream.write("abc".getBytes(StandardCharsets.US_ASCII));
      origin.last().end();
      runAll();
      assertThat(origin.calls()).hasSize(65);
      assertThat(second.response.output().text()).isEqualTo("abc");
      assertThat(cache.counters().total(Refusal.NO_ROOM)).isEqualTo(1);
      assertThat(cache.counters().total(Event.STORED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Range: bytes=0-1",
          "If-None-Match: \"a\"",
          "If-Modified-Since: x",
          "If-Match: *",
          "If-Unmodified-Since: x",
          "Authorization: x",
        })
    void areNoneIfOneIsSpecial(String line) throws Exception {
      Fields special = fields(line);
      new Client().asks();
      new Client().with(special.name(0), special.value(0)).asks();
      assertThat(origin.calls()).hasSize(2);
    }
  }

  @Nested
  class WhatIsStale {
    @Test
    void isValidated() throws Exception {
      answered("max-age=10", "abc");
      passes(11);
      Client second = new Client().asks();
      assertThat(origin.last().fields().first("If-None-Match")).contains("\"a\"");
      origin.last().head(304, fresh("max-age=20"));
      origin.last().end();
      second.response.output().begins();
      assertThat(second.response.status()).isEqualTo(200);
      assertThat(second.response.output().text()).isEqualTo("abc");
      passes(15);
      new Client().asks();
      assertThat(origin.calls()).as("fresh again").hasSize(2);
    }

    @Test
    void doesIfNobodyCanBeReached() throws Exception {
      answered("max-age=10", "abc");
      passes(11);
      Client second = new Client().asks();
      origin.last().fails(502);
      second.response.output().begins();
      assertThat(second.response.status()).isEqualTo(200);
      assertThat(second.response.output().text()).isEqualTo("abc");
      assertThat(second.response.fields()).contains("Age: 11");
    }

    @Test
    void isKeptWhileTheOriginIsUnwell() throws Exception {
      answered("max-age=10", "abc");
      passes(11);
      Client second = new Client().asks();
      origin.last().head(503, Fields.NONE);
      origin.last().body("unwell");
      origin.last().end();
      assertThat(second.response.status()).isEqualTo(503);
      Client third = new Client().asks();
      origin.last().fails(502);
      third.response.output().begins();
      assertThat(third.response.output().text()).isEqualTo("abc");
    }

    @Test
    void isNotWhatAnAnswerOfOursIsMadeOfThatEndsAtOnce() throws Exception {
      answered("max-age=10", "abc");
      passes(11);
      Client second = new Client();
      second.asks((request, response) -> unavailable(request, response));
      assertThat(second.response.status()).isEqualTo(503);
      assertThat(second.response.output().text()).startsWith("503");
    }

    @Test
    void isRefreshedForTheSameConsumerWithoutTheClient() throws Exception {
      Client first = new Client();
      first.exchange.authenticated("ann", "X-Api-Key");
      first.asks();
      origin
          .last()
          .head(200, fresh("max-age=10, stale-while-revalidate=60").plus("Vary", "X-Consumer"));
      origin.last().body("old");
      origin.last().end();
      passes(11);
      Client second = new Client();
      second.exchange.authenticated("ann", "X-Api-Key");
      second.with("Cookie", "hers").asks();
      assertThat(second.response.output().text()).isEqualTo("old");
      assertThat(origin.calls()).hasSize(1);
      runAll();
      assertThat(origin.calls()).hasSize(2);
      Exchange own = Exchange.of(origin.last().request());
      assertThat(own).isNotSameAs(second.exchange);
      assertThat(own.consumer()).contains("ann");
      assertThat(own.withholds("X-Api-Key")).isTrue();
      assertThat(origin.last().fields().has("Cookie")).isFalse();
      origin.last().head(200, fresh("max-age=10").plus("Vary", "X-Consumer"));
      origin.last().body("new");
      origin.last().end();
      Client third = new Client();
      third.exchange.authenticated("ann", "X-Api-Key");
      third.asks();
      assertThat(third.response.output().text()).isEqualTo("new");
    }
  }

  @Nested
  class OtherMethods {
    @Test
    void goThroughAndInvalidate() throws Exception {
      answered("max-age=10", "abc");
      new Client("POST").asks();
      assertThat(origin.calls()).hasSize(2);
      origin.last().head(201, Fields.NONE);
      origin.last().end();
      new Client().asks();
      assertThat(origin.calls()).hasSize(3);
      assertThat(cache.counters().total(Event.INVALIDATED)).isEqualTo(1);
    }

    @Test
    void invalidateNothingIfTheyFail() throws Exception {
      answered("max-age=10", "abc");
      new Client("POST").asks();
      origin.last().head(404, Fields.NONE);
      origin.last().end();
      new Client().asks();
      assertThat(origin.calls()).hasSize(2);
    }
  }

  private void answered(String control, String body) throws Exception {
    new Client().asks();
    origin.last().head(200, fresh(control));
    origin.last().body(body);
    origin.last().end();
  }

  private Fields fresh(String control) {
    return Fields.of("Cache-Control", control, "Date", HttpDate.format(now), "ETag", "\"a\"");
  }

  private Instant clock() {
    if (looksUntilFailure-- == 0) {
      throw new IllegalStateException("a fault");
    }
    return now;
  }

  private void execute(Runnable task) {
    if (stopped) {
      throw new RejectedExecutionException("closed");
    }
    later.add(task);
  }

  private void passes(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void runAll() {
    int most = 1_000;
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      assertThat(most--).as("it goes round and round").isPositive();
      next.run();
    }
  }

  private static void unavailable(ServletRequest request, ServletResponse response)
      throws IOException {
    OwnAnswer.send((HttpServletRequest) request, (HttpServletResponse) response, 503);
  }

  /** One request with its response. */
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
    private boolean fails;

    Client() {
      this("GET");
    }

    Client(String method) {
      this(method, "/a");
    }

    Client(String method, String path) {
      this.request = new FakeRequest(method, path).with("Host", "h");
      exchange.settle(ROUTE);
    }

    Client with(String name, String value) {
      request.with(name, value);
      return this;
    }

    /** Its response has no stream any more. */
    Client failing() {
      fails = true;
      return this;
    }

    Client asks() throws Exception {
      return asks(origin);
    }

    Client asks(FilterChain chain) throws Exception {
      HttpServletRequest asked = request.asRequest();
      exchange.attachTo(asked);
      HttpServletResponse to = response.asResponse();
      cache.serve(new HttpServletRequestWrapper(asked), fails ? new Gone(to) : to, chain);
      return this;
    }

    /** The container finds out that the client has left. */
    void leaves() throws IOException {
      AsyncEvent event =
          new AsyncEvent(request.asRequest().getAsyncContext(), new IOException("gone"));
      for (var each : request.listeners().toArray(AsyncListener[]::new)) {
        each.onError(event);
      }
    }
  }

  private static final class Gone extends HttpServletResponseWrapper {
    Gone(HttpServletResponse response) {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      throw new IllegalStateException("recycled");
    }
  }

  /** Who writes for the origin, in a test that looks by itself whether there is room. */
  private static final class Writer implements WriteListener {
    @Override
    public void onWritePossible() {}

    @Override
    public void onError(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
