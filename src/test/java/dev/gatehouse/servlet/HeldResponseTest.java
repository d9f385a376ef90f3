package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.FakeOutput;
import dev.gatehouse.testkit.FakeResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HeldResponseTest {
  private final FakeResponse containers = new FakeResponse();
  private final List<Head> chosen = new ArrayList<>();
  private final HeldResponse held =
      new HeldResponse(
          containers.asResponse(),
          (head, to) -> {
            chosen.add(head);
            head.sendTo(to);
            return to.getOutputStream();
          });

  @Nested
  class BeforeTheBody {
    @Test
    void nothingReachesTheContainer() {
      held.setStatus(404);
      held.setHeader("A", "1");
      held.addHeader("a", "2");
      held.setIntHeader("B", 3);
      held.addIntHeader("B", 4);
      held.setDateHeader("C", 0);
      held.addDateHeader("C", 1_000);
      held.setContentType("text/plain; charset=utf-8");
      held.setContentLength(5);
      held.setContentLengthLong(6);
      assertThat(containers.fields()).isEmpty();
      assertThat(containers.status()).isEqualTo(200);
      assertThat(chosen).isEmpty();
      assertThat(held.isSettled()).isFalse();
      assertThat(held.isCommitted()).isFalse();
      assertThat(held.getStatus()).isEqualTo(404);
      assertThat(held.getContentType()).isEqualTo("text/plain; charset=utf-8");
      assertThat(held.getHeader("a")).isEqualTo("1");
      assertThat(held.getHeaders("A")).containsExactly("1", "2");
      assertThat(held.getHeaders("b")).containsExactly("3", "4");
      assertThat(held.getHeaders("Content-Length")).containsExactly("6");
      assertThat(held.getHeaderNames())
          .containsExactly("A", "B", "C", "Content-Type", "Content-Length");
      assertThat(held.getHeaders("C"))
          .containsExactly("Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:01 GMT");
      assertThat(held.containsHeader("b")).isTrue();
      assertThat(held.containsHeader("d")).isFalse();
      assertThat(held.getHeader("d")).isNull();
    }

    @Test
    void whatTheContainerHasSetIsSeenToo() {
      containers.asResponse().setHeader("Server", "it");
      containers.asResponse().setHeader("Date", "then");
      held.setHeader("date", "now");
      held.setHeader("A", "1");
      assertThat(held.getHeader("Server")).isEqualTo("it");
      assertThat(held.getHeaders("server")).containsExactly("it");
      assertThat(held.getHeaders("Date")).containsExactly("now");
      assertThat(held.containsHeader("server")).isTrue();
      assertThat(held.getHeaderNames()).containsExactly("date", "A", "Server");
    }

    @Test
    void aFieldSetAnewReplacesAllItsLines() throws IOException {
      held.addHeader("A", "1");
      held.addHeader("B", "2");
      held.addHeader("a", "3");
      held.setHeader("A", "4");
      held.setHeader("B", null);
      held.addHeader("C", null);
      held.settle();
      assertThat(chosen).containsExactly(new Head(200, Fields.of("A", "4")));
    }

    @Test
    void resetForgetsAll() throws IOException {
      held.setStatus(500);
      held.setHeader("A", "1");
      held.reset();
      assertThat(held.getStatus()).isEqualTo(200);
      assertThat(held.getHeaderNames()).isEmpty();
      assertThat(containers.calls()).containsExactly("reset");
      held.settle();
      assertThat(chosen).containsExactly(new Head(200, Fields.NONE));
    }

    @Test
    void whatIsCommittedUnderItsHandsIsCommitted() {
      containers.commits();
      assertThat(held.isCommitted()).isTrue();
      assertThatThrownBy(held::reset).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobodyWritesCharacters() {
      assertThatThrownBy(held::getWriter).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Nested
  class TheChoice {
    @Test
    void isMadeOnceWithTheWholeHead() throws IOException {
      held.setStatus(201);
      held.addHeader("A", "1");
      held.addHeader("A", "2");
      assertThat(held.getOutputStream()).isSameAs(held.getOutputStream());
      held.settle();
      held.flushBuffer();
      assertThat(chosen).containsExactly(new Head(201, Fields.of("A", "1", "A", "2")));
      assertThat(held.isSettled()).isTrue();
      assertThat(containers.status()).isEqualTo(201);
      assertThat(containers.fields()).isEqualTo("A: 1 | A: 2");
    }

    @Test
    void isMadeByAFlush() throws IOException {
      held.flushBuffer();
      assertThat(chosen).hasSize(1);
      assertThat(containers.calls()).containsExactly("flushBuffer");
      assertThat(held.isCommitted()).isTrue();
    }

    @Test
    void isMadeAgainIfItFailed() throws IOException {
      List<Integer> asked = new ArrayList<>();
      HeldResponse failing =
          new HeldResponse(
              containers.asResponse(),
              (head, to) -> {
                asked.add(head.status());
                if (asked.size() == 1) {
                  throw new IllegalStateException("first");
                }
                return to.getOutputStream();
              });
      assertThatThrownBy(failing::getOutputStream).isInstanceOf(IllegalStateException.class);
      assertThat(failing.isSettled()).isFalse();
      failing.reset();
      failing.setStatus(502);
      assertThat(failing.getOutputStream()).isSameAs(containers.output());
      assertThat(asked).containsExactly(200, 502);
    }
  }

  @Nested
  class AfterIt {
    @Test
    void itIsTheContainersResponse() throws IOException {
      held.setHeader("A", "1");
      held.settle();
      held.setStatus(404);
      held.addHeader("A", "2");
      held.setHeader("B", "3");
      held.setContentType("text/plain");
      held.setContentLength(4);
      assertThat(containers.status()).isEqualTo(404);
      assertThat(containers.fields())
          .isEqualTo("A: 1 | A: 2 | B: 3 | Content-Type: text/plain | Content-Length: 4");
      assertThat(held.getStatus()).isEqualTo(404);
      assertThat(held.getContentType()).isEqualTo("text/plain");
      assertThat(held.getHeader("b")).isEqualTo("3");
      assertThat(held.getHeaders("a")).containsExactly("1", "2");
      assertThat(held.getHeaderNames()).containsExactly("A", "B", "Content-Type", "Content-Length");
      assertThat(held.containsHeader("a")).isTrue();
    }

    @Test
    void resetGivesUpWhatWasCaptured() throws IOException {
      Told told = new Told();
      HeldResponse capturing = new HeldResponse(containers.asResponse(), (head, to) -> told);
      capturing.settle();
      capturing.reset();
      assertThat(told.abandoned).isEqualTo(1);
      capturing.setStatus(502);
      assertThat(containers.status()).as("what comes now is for the client").isEqualTo(502);
    }
  }

  @Nested
  class WhatTheContainerAnswers {
    @Test
    void isAnErrorWithTheFieldsThatWereSet() throws IOException {
      held.setHeader("Retry-After", "1");
      held.setHeader("Content-Length", "5");
      held.sendError(503);
      held.settle();
      assertThat(chosen).isEmpty();
      assertThat(containers.calls()).containsExactly("sendError 503");
      assertThat(containers.fields()).isEqualTo("Retry-After: 1");
    }

    @Test
    void isAnErrorInWords() throws IOException {
      held.sendError(404, "x");
      held.settle();
      assertThat(chosen).isEmpty();
      assertThat(containers.calls()).containsExactly("sendError 404");
    }

    @Test
    void isARedirect() throws IOException {
      held.sendRedirect("/x");
      held.settle();
      assertThat(chosen).isEmpty();
      assertThat(containers.calls()).containsExactly("sendRedirect /x");
    }
  }

  /** A filter's stream. */
  private static final class Told extends BodyStream {
    private final FakeOutput output = new FakeOutput();
    private int abandoned;

    @Override
    public void end(Runnable then) {
      then.run();
    }

    @Override
    public void abandon() {
      abandoned++;
    }

    @Override
    public boolean isReady() {
      return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      output.setWriteListener(listener);
    }

    @Override
    public void write(int b) {
      output.write(b);
    }
  }

  @Test
  void headsReplaceWhatTheContainerHasPutThere() {
    HttpServletResponse to = containers.asResponse();
    to.setHeader("Server", "it");
    to.setHeader("Set-Cookie", "old");
    to.setHeader("B", "stays");
    new Head(299, Fields.of("server", "us", "Set-Cookie", "a", "set-cookie", "b")).sendTo(to);
    assertThat(containers.status()).isEqualTo(299);
    assertThat(containers.fields())
        .isEqualTo("B: stays | server: us | Set-Cookie: a | set-cookie: b");
  }
}
