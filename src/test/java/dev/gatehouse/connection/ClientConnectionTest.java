package dev.gatehouse.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connection.ClientConnection.Look;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientConnectionTest {
  @ParameterizedTest
  @CsvSource({"SILENT, false", "BLIND, false", "GONE, true"})
  void whoIsGoneHasReset(Look look, boolean reset) {
    assertThat(looking(() -> look).hasReset()).isEqualTo(reset);
  }

  @Test
  void anEndIsNotBelievedOfAStreamThatTheContainerHasLetGo() {
    ClientConnection connection =
        looking(
            () -> {
              throw new IllegalStateException("stream is null");
            });
    assertThat(connection.hasReset()).isTrue();
  }

  @Test
  void anUnknownContainersEndsAreBelieved() {
    ClientConnection connection =
        looking(
            () -> {
              throw new UnfitException(new NoSuchFieldException("stream"));
            });
    assertThat(connection.hasReset()).isFalse();
  }

  private static ClientConnection looking(Callable<Look> look) {
    return new ClientConnection() {
      @Override
      public Look look() throws UnfitException {
        try {
          return look.call();
        } catch (UnfitException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }
}
