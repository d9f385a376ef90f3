package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connection.ClientConnection.Look;
import dev.gatehouse.connection.FakeConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.content.AsyncContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookoutTest {
  private final FakeConnection connection = new FakeConnection();
  private final Lookout lookout = new Lookout(connection);
  private final ClientStream writing =
      new ClientStream(
          new FakeOutput(),
          new AsyncContent(),
          () -> {},
          cause -> true,
          new Journal(() -> 0),
          FakeAtOnce.never());

  @Test
  void youngExchangesAreLeftAlone() throws UnfitException {
    connection.shows(Look.GONE);
    assertThat(lookout.look(null)).isEqualTo(Look.SILENT);
    assertThat(connection.asked()).isZero();
    assertThat(lookout.look(null)).isEqualTo(Look.GONE);
  }

  @Test
  void whatHasShownAllIsLookedAtNoMore() throws UnfitException {
    connection.shows(Look.SILENT, Look.GONE);
    assertThat(lookout.look(null)).isEqualTo(Look.SILENT);
    assertThat(lookout.look(null)).isEqualTo(Look.SILENT);
    assertThat(lookout.look(null)).isEqualTo(Look.GONE);
    assertThat(lookout.look(null)).as("told once").isEqualTo(Look.SILENT);
    assertThat(connection.asked()).isEqualTo(2);
  }

  @Test
  void whatTheContainerCannotSayIsAskedOnce() throws UnfitException {
    assertThat(lookout.look(null)).isEqualTo(Look.SILENT);
    assertThat(lookout.look(null)).isEqualTo(Look.BLIND);
    assertThat(lookout.look(null)).isEqualTo(Look.SILENT);
    assertThat(connection.asked()).isEqualTo(1);
  }

  @Test
  void nobodyLooksWhileSomebodyWrites() throws Exception {
    connection.shows(Look.SILENT);
    assertThat(lookout.look(writing)).isEqualTo(Look.SILENT);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              if (writing.hold()) {
                held.countDown();
                try {
                  var unused = looked.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                writing.letGo();
              }
            });
    writer.start();
    assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(lookout.look(writing)).isEqualTo(Look.SILENT);
    assertThat(connection.asked()).isZero();
    looked.countDown();
    writer.join();
    assertThat(lookout.look(writing)).isEqualTo(Look.SILENT);
    assertThat(connection.asked()).isEqualTo(1);
    assertThat(writing.hold()).as("it lets go").isTrue();
  }
}
