package dev.gatehouse.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Cidr;
import dev.gatehouse.config.DnsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {
  private static final long T0 = Long.MAX_VALUE - 1_000; // it may overflow
  private static final DnsConfig CONFIG =
      new DnsConfig(
          List.of(),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          List.of());

  @ParameterizedTest(name = "a TTL of {0} s counts for {1} s")
  @CsvSource({"0, 1", "1, 1", "30, 30", "86400, 300"})
  void anAnswerCountsForItsTtlWithinBounds(int ttl, int expected) throws Exception {
    Meaning known = after(Meaning.unknown(T0), found(ttl, "10.0.0.1"), 0);
    assertThat(known.isDue(T0 + seconds(expected) - 1)).isFalse();
    assertThat(known.isDue(T0 + seconds(expected))).isTrue();
  }

  @Test
  void theOrderOfAddressesInAnAnswerDoesNotMatter() throws Exception {
    Meaning one = after(Meaning.unknown(T0), found(1, "10.0.0.200", "10.0.0.3", "10.0.0.3"), 0);
    Meaning other = after(one, found(1, "10.0.0.3", "10.0.0.200"), 1);
    assertThat(other.addresses()).isEqualTo(one.addresses());
    assertThat(one.addresses()).isEqualTo(addresses("10.0.0.3", "10.0.0.200"));
  }

  @Test
  void whileDnsIsSilentTheLastAddressesStay() throws Exception {
    Meaning known = after(Meaning.unknown(T0), found(1, "10.0.0.1"), 0);
    Meaning later = after(known, Answer.silent("no answer"), 86_400);
    assertThat(later.addresses()).isEqualTo(known.addresses());
    assertThat(later.problem()).isEqualTo("no answer");
    assertThat(later.isDue(T0 + seconds(86_401))).isTrue();
  }

  @Test
  void whenDnsDeniesTheNameTheyStayForAWhile() throws Exception {
    Meaning known = after(Meaning.unknown(T0), found(1, "10.0.0.1"), 0);
    Meaning denied = after(known, Answer.denied("no such name"), 1_000);
    denied = after(denied, Answer.silent("no answer"), 1_001);
    denied = after(denied, Answer.denied("no such name"), 1_599);
    assertThat(denied.addresses()).isEqualTo(known.addresses());
    Meaning gone = after(denied, Answer.denied("no such name"), 1_600);
    assertThat(gone.addresses()).isEmpty();
    assertThat(after(gone, found(1, "10.0.0.2"), 1_601).addresses())
        .isEqualTo(addresses("10.0.0.2"));
  }

  @Test
  void aNameThatNeverMeantAnythingMeansNothing() {
    Meaning unknown = Meaning.unknown(T0);
    assertThat(unknown.isDue(T0)).isTrue();
    assertThat(after(unknown, Answer.denied("no such name"), 0).addresses()).isEmpty();
  }

  @Test
  void onlyAddressesThatAreAllowedAreTaken() throws Exception {
    Addresses all = new Addresses(List.of());
    Answer mixed = found(1, "10.0.0.1", "0.0.0.0", "224.0.0.1", "::", "ff02::1", "192.0.2.1");
    assertThat(all.within(mixed).addresses()).isEqualTo(addresses("10.0.0.1", "192.0.2.1"));

    Addresses some = new Addresses(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));
    assertThat(some.within(mixed).addresses()).isEqualTo(addresses("10.0.0.1"));
    assertThat(some.within(found(1, "fd00::1")).addresses()).isEqualTo(addresses("fd00::1"));
    assertThat(some.within(found(1, "127.0.0.1")))
        .isEqualTo(Answer.denied("no address that is allowed"));
    assertThat(some.within(Answer.silent("x"))).isEqualTo(Answer.silent("x"));
  }

  private static Meaning after(Meaning before, Answer answer, long second) {
    return before.after(answer, CONFIG, T0 + seconds(second));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static Answer found(int ttl, String... literals) throws UnknownHostException {
    return Answer.found(addresses(literals), Duration.ofSeconds(ttl));
  }

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(MeaningTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
