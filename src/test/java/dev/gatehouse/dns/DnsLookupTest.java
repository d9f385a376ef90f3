package dev.gatehouse.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.testkit.DnsServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsLookupTest {
  private static final String NAME = "shop.gatehouse.test.";

  private final DnsServer server = DnsServer.denying();
  private final DnsLookup lookup =
      new DnsLookup(List.of(new DnsConfig.Server("127.0.0.1", server.port())), Runnable::run);

  @AfterEach
  void stop() {
    lookup.close();
    server.close();
  }

  @Test
  void aNameMeansAllAddressesForAsLongAsTheAnswerSays() {
    server.means(7, "127.0.0.2", "127.0.0.3");
    Answer answer = ask(NAME);
    assertThat(answer.kind()).isEqualTo(Answer.Kind.FOUND);
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(7));
    assertThat(answer.addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3");
    assertThat(answer.addresses()).allMatch(each -> each.getHostName().equals(NAME));
  }

  @Test
  void aNameThatStandsForAnotherMeansWhatThatDoesWhileBothHold() {
    server.meansByAlias(5, 300, "127.0.0.2");
    Answer answer = ask(NAME);
    assertThat(answer.addresses()).hasSize(1);
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void afterTheEndNobodyIsAsked() {
    server.means(1, "127.0.0.2");
    lookup.close();
    assertThat(ask(NAME).kind()).isEqualTo(Answer.Kind.SILENT);
    assertThat(server.asked()).isZero();
  }

  @Test
  void ipv6IsTakenWhereThereIsNoIpv4() {
    server.means(1, "::2");
    assertThat(ask(NAME).addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("0:0:0:0:0:0:0:2");
    server.means(1, "::2", "127.0.0.2");
    assertThat(ask(NAME).addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("127.0.0.2");
  }

  @Test
  void aNameThatIsNotThereIsDenied() {
    assertThat(ask(NAME)).isEqualTo(Answer.denied("there is no such name"));
    server.means(1);
    assertThat(ask(NAME)).isEqualTo(Answer.denied("the name has no address"));
    assertThat(ask("x".repeat(64) + ".test")).isEqualTo(Answer.denied("no name for DNS"));
  }

  @Test
  void aServerInTroubleDeniesNothing() {
    server.fail();
    assertThat(ask(NAME).kind()).isEqualTo(Answer.Kind.SILENT);
  }

  @Test
  void silenceEndsInTime() {
    server.fallSilent();
    Answer answer = ask(NAME);
    assertThat(answer.kind()).isEqualTo(Answer.Kind.SILENT);
    assertThat(answer.problem()).startsWith("DNS does not answer");
  }

  private Answer ask(String host) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    lookup.ask(host, answer::complete);
    return answer.join();
  }
}
