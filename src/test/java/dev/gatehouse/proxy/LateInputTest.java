package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LateInputTest {
  private final FakeInput input = new FakeInput();

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/2.0"})
  void theContainersStreamIsThereOnlyOnceItWasAskedFor(String protocol) throws Exception {
    int[] opened = {0};
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getProtocol" -> protocol;
                      case "getContentLengthLong" -> -1L;
                      case "getInputStream" -> {
                        opened[0]++;
                        yield input;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    LateInput late = LateInput.of(request);
    assertThat(late.length()).isEqualTo(-1);
    assertThat(late.stream()).isNull();
    assertThat(opened[0]).isZero();
    ClientBody listener = new ClientBody(late, 0, 8, 8);
    late.open(listener);
    assertThat(late.stream()).isSameAs(input);
    assertThat(input.listener()).isSameAs(listener);
    assertThat(opened[0]).isOne();
    assertThatCode(() -> late.checkEnd(3)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{1} bytes of {0}, reset: {2}")
  @CsvSource({
    "3, 3, false, ''",
    "3, 3, true, ''", // all of it was there
    "3, 2, false, fewer bytes than Content-Length says",
    "3, 2, true, fewer bytes than Content-Length says",
    "-1, 2, false, ''",
    "-1, 2, true, the stream was reset",
  })
  void anEndIsBelievedIfAllHasComeThatWasSaid(
      long length, long read, boolean reset, String complaint) {
    LateInput late = new LateInput(() -> input, length, () -> reset);
    if (complaint.isEmpty()) {
      assertThatCode(() -> late.checkEnd(read)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> late.checkEnd(read))
          .isInstanceOf(EOFException.class)
          .hasMessage(complaint);
    }
  }

  @Test
  void whatIsClosedIsNeverOpenedAndWhatIsOpenStaysOpen() throws Exception {
    LateInput late =
        new LateInput(
            () -> {
              throw new AssertionError("opened");
            },
            3,
            () -> false);
    late.close();
    late.open(new ClientBody(late, 0, 8, 8));
    assertThat(late.stream()).isNull();
    LateInput open = new LateInput(() -> input, 3, () -> false);
    assertThat(open.open(new ClientBody(open, 0, 8, 8))).isTrue();
    assertThat(open.open(new ClientBody(open, 0, 8, 8))).as("once more").isFalse();
    open.close();
    assertThat(open.stream()).isSameAs(input);
  }

  @Test
  void aStreamThatCanNotBeOpenedIsNotThere() {
    LateInput late =
        new LateInput(
            () -> {
              throw new EOFException("gone");
            },
            3,
            () -> false);
    assertThatThrownBy(() -> late.open(new ClientBody(late, 0, 8, 8)))
        .isInstanceOf(EOFException.class);
    assertThat(late.stream()).isNull();
  }

  @Test
  void onlyTheRequestsOwnThreadOrOneThatIsInNoneOpensIt() throws Exception {
    LateInput late = new LateInput(() -> input, 8, () -> false);
    List<Runnable> elsewhere = new ArrayList<>();
    List<String> done = new ArrayList<>();
    late.ownedBy(Thread.currentThread(), elsewhere::add);
    late.onRightThread(() -> done.add("own"));
    Thread other = new Thread(() -> late.onRightThread(() -> done.add("other")));
    other.start();
    other.join();
    late.disown();
    late.onRightThread(() -> done.add("after"));
    assertThat(done).containsExactly("own");
    elsewhere.forEach(Runnable::run);
    assertThat(done).containsExactly("own", "other", "after");
  }
}
