package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.proxy.RetryPolicy.Failed;
import dev.gatehouse.proxy.RetryPolicy.Step;
import dev.gatehouse.testkit.Pools;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
  private static final PoolConfig.Retry ALL = Pools.retry(1, RetryOn.values());

  @ParameterizedTest(name = "{0} {1}, {2} -> {3}")
  @CsvSource({
    // a connection that was not had, or not used: nobody can have acted on it
    "GET, CONNECT, untouched, ANOTHER",
    "POST, CONNECT, untouched, ANOTHER",
    "POST, RESET, untouched, ANOTHER",
    "POST, TIMEOUT, untouched, ANOTHER",
    // sent: only what is idempotent (RFC 9110 §9.2.2), and after a pause
    "GET, RESET, sent, ANOTHER_LATER",
    "HEAD, RESET, sent, ANOTHER_LATER",
    "PUT, TIMEOUT, sent, ANOTHER_LATER",
    "DELETE, STATUS_503, sent, ANOTHER_LATER",
    "QUERY, STATUS_502, sent, ANOTHER_LATER",
    "POST, RESET, sent, GIVE_UP",
    "PATCH, TIMEOUT, sent, GIVE_UP",
    "POST, STATUS_503, sent, GIVE_UP",
    "get, RESET, sent, GIVE_UP", // another method (§9.1)
    // a pooled connection that broke without a word
    "GET, RESET, pooled, FRESH_CONNECTION",
    "POST, RESET, pooled, GIVE_UP",
    "POST, RESET, pooled untouched, FRESH_CONNECTION",
    "GET, TIMEOUT, pooled, ANOTHER_LATER", // it is not the connection that is slow
    "GET, RESET, pooled fresh, ANOTHER_LATER", // once is enough
    "POST, RESET, pooled untouched fresh, ANOTHER",
    // what can't be done again
    "GET, RESET, sent answered, GIVE_UP",
    "PUT, RESET, sent lost, GIVE_UP",
    "GET, RESET, pooled answered, GIVE_UP",
    "PUT, CONNECT, untouched lost, GIVE_UP",
  })
  void whatFollowsAFailure(String method, RetryOn why, String how, Step expected) {
    assertThat(RetryPolicy.after(failed(method, why, 1, how), ALL)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "most {0}, sent {1} times -> {2}")
  @CsvSource({
    "1, 1, ANOTHER_LATER",
    "1, 2, GIVE_UP",
    "3, 3, ANOTHER_LATER",
    "3, 4, GIVE_UP",
    "0, 1, GIVE_UP",
  })
  void triesThatWereSentAreCounted(int most, int sent, Step expected) {
    var retry = Pools.retry(most, RetryOn.values());
    assertThat(RetryPolicy.after(failed("GET", RetryOn.RESET, sent, "sent"), retry))
        .isEqualTo(expected);
  }

  @Test
  void failedConnectsAreNot() {
    assertThat(RetryPolicy.after(failed("GET", RetryOn.CONNECT, 5, "untouched"), ALL))
        .isEqualTo(Step.ANOTHER);
    assertThat(
            RetryPolicy.after(
                failed("GET", RetryOn.CONNECT, 0, "untouched"), Pools.retry(0, RetryOn.values())))
        .as("nothing was sent")
        .isEqualTo(Step.ANOTHER);
  }

  @ParameterizedTest
  @EnumSource(RetryOn.class)
  void eachReasonCanBeSwitchedOff(RetryOn why) {
    String how = why == RetryOn.CONNECT ? "untouched" : "sent";
    RetryOn[] others =
        Arrays.stream(RetryOn.values()).filter(each -> each != why).toArray(RetryOn[]::new);
    assertThat(RetryPolicy.after(failed("GET", why, 1, how), Pools.retry(1, others)))
        .isEqualTo(Step.GIVE_UP);
    assertThat(RetryPolicy.after(failed("GET", why, 1, how), Pools.retry(1, why)))
        .isNotEqualTo(Step.GIVE_UP);
  }

  @Test
  void aFreshConnectionIsFreeWhateverIsSwitchedOff() {
    assertThat(RetryPolicy.after(failed("GET", RetryOn.RESET, 1, "pooled"), Pools.retry(0)))
        .isEqualTo(Step.FRESH_CONNECTION);
  }

  @Test
  void anOwnMistakeIsNotRetried() {
    var failed = new Failed("GET", null, 1, false, false, false, false, false);
    assertThat(RetryPolicy.after(failed, ALL)).isEqualTo(Step.GIVE_UP);
  }

  @ParameterizedTest(name = "status {0} -> {1}")
  @CsvSource({"502, STATUS_502", "503, STATUS_503", "504, STATUS_504", "500, ", "200, ", "501, "})
  void someStatusesAreReasons(int status, RetryOn why) {
    assertThat(RetryPolicy.ofStatus(status)).isEqualTo(why);
  }

  @ParameterizedTest(name = "after {0} tries, random {1}: {2} ms")
  @CsvSource({
    "1, 0, 0",
    "1, 1, 25",
    "2, 1, 50",
    "2, 0.5, 25",
    "3, 1, 100",
    "5, 1, 250",
    "100, 1, 250",
  })
  void thePauseDoublesUpToABound(int sent, double random, long millis) {
    var retry =
        new PoolConfig.Retry(
            9,
            ALL.on(),
            ALL.methods(),
            0,
            ALL.timeout(),
            ALL.tryTimeout(),
            java.time.Duration.ofMillis(25),
            100);
    assertThat(RetryPolicy.backoffNanos(retry, sent, random)).isEqualTo(millis * 1_000_000);
  }

  @ParameterizedTest(name = "time is up: {0}, answered: {1}, {2} of {3} ms -> {4}")
  @CsvSource({
    "false, false, 500, 500, false", // its own time-out
    "false, true, 500, 500, false",
    "true, false, 499, 500, true", // others have used the time
    "true, false, 0, 500, true", // it never had the request
    "true, false, 500, 500, false",
    "true, true, 499, 500, true", // a long answer
    "true, true, 9000, 500, true",
  })
  void whoeverHadLessThanItsTimeWasCutShort(
      boolean timeUp, boolean answered, long waited, long patience, boolean expected) {
    assertThat(RetryPolicy.isCutShort(timeUp, answered, waited, patience)).isEqualTo(expected);
  }

  private static Failed failed(String method, RetryOn why, int sent, String how) {
    return new Failed(
        method,
        why,
        sent,
        how.contains("answered"),
        how.contains("lost"),
        how.contains("untouched"),
        how.contains("pooled"),
        how.contains("fresh"));
  }
}
