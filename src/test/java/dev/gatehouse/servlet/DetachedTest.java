package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.FakeRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetachedTest {
  private final Exchange facts =
      new Exchange(
          "192.0.2.1",
          false,
          "192.0.2.1",
          new ExchangeId("1", Optional.empty()),
          new Journal(() -> 0));
  private final HttpServletRequest model =
      new FakeRequest("HEAD", "/a?b").with("Cookie", "secret").asRequest();
  private final HttpServletRequest request =
      Detached.request(model, Fields.of("Host", "h", "Accept", "a", "accept", "b"), facts);
  private final List<String> heard = new ArrayList<>();

  @Test
  void theRequestIsAGetForTheSameTargetWithFieldsOfItsOwn() {
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getRequestURI()).isEqualTo("/a");
    assertThat(request.getQueryString()).isEqualTo("b");
    assertThat(request.isSecure()).isFalse();
    assertThat(request.getScheme()).isEqualTo("http");
    assertThat(request.getServerName()).isEqualTo("h");
    assertThat(request.getServerPort()).isEqualTo(80);
    assertThat(request.getServletPath()).isEmpty();
    assertThat(request.getProtocol()).isEqualTo("HTTP/1.1");
    assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.REQUEST);
    assertThat(request.getHeader("cookie")).isNull();
    assertThat(request.getHeader("HOST")).isEqualTo("h");
    assertThat(Collections.list(request.getHeaders("Accept"))).containsExactly("a", "b");
    assertThat(Collections.list(request.getHeaderNames())).containsExactly("Host", "Accept");
    assertThat(request.getContentLengthLong()).isZero();
    assertThat(request.isUserInRole("x")).isFalse();
    assertThat(request.getRemoteUser()).isNull();
  }

  @Test
  void itsFactsAreNotThoseOfTheClient() {
    assertThat(Exchange.of(request)).isSameAs(facts);
    assertThat(model.getAttribute("dev.gatehouse.exchange")).isNull();
  }

  @Test
  void itGoesOnWithoutAThread() {
    assertThat(request.isAsyncSupported()).isTrue();
    assertThat(request.isAsyncStarted()).isFalse();
    AsyncContext async = new BoundRequest(request, Detached.response()).startAsync();
    assertThat(request.isAsyncStarted()).isTrue();
    assertThat(request.getAsyncContext()).isSameAs(async);
    assertThat(facts.isAsynchronous()).isTrue();
  }

  @Test
  void itIsOverWhenItIsCompletedOrHandedBack() {
    facts.whenDone(() -> heard.add("done"));
    AsyncContext async = new BoundRequest(request, Detached.response()).startAsync();
    async.setTimeout(0);
    assertThat(heard).isEmpty();
    async.dispatch("/");
    async.complete();
    assertThat(heard).containsExactly("done");
  }

  @Test
  void theResponseTakesEverythingAndShowsNothing() throws IOException {
    HttpServletResponse response = Detached.response();
    response.setStatus(500);
    response.setHeader("A", "b");
    response.reset();
    assertThat(response.isCommitted()).isFalse();
    assertThat(response.getHeaderNames()).isEmpty();
    assertThat(response.getHeaders("A")).isEmpty();
    assertThat(response.getHeader("A")).isNull();
    assertThat(response.containsHeader("A")).isFalse();
    ServletOutputStream output = response.getOutputStream();
    output.write(1);
    output.write(new byte[100], 0, 100);
    output.flush();
    output.close();
    assertThat(output.isReady()).isTrue();
  }

  @Test
  void whoWritesToItNeedNotWait() throws IOException {
    Detached.response()
        .getOutputStream()
        .setWriteListener(
            new WriteListener() {
              @Override
              public void onWritePossible() throws IOException {
                heard.add("write");
                throw new IOException("x");
              }

              @Override
              public void onError(Throwable cause) {
                heard.add("error " + cause.getMessage());
              }
            });
    assertThat(heard).containsExactly("write", "error x");
  }
}
