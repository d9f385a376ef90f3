package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What stands behind the cache: keeps requests until a test answers them. */
final class FakeOrigin implements FilterChain {
  private final List<Call> calls = new ArrayList<>();

  List<Call> calls() {
    return calls;
  }

  Call last() {
    return calls.get(calls.size() - 1);
  }

  /** What a proxy makes of a request: without what it withholds, with those before it. */
  static Fields sent(HttpServletRequest request) {
    Exchange exchange = Exchange.of(request);
    Fields fields = ServletFields.of(request).keep(name -> !exchange.withholds(name));
    String before =
        exchange.peerTrusted() ? fields.joined("X-Forwarded-For").orElse("") + ", " : "";
    Fields sent = fields.with("X-Forwarded-For", before + exchange.peer());
    return exchange.consumer().map(who -> sent.with("X-Consumer", who)).orElse(sent);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response) {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse to = (HttpServletResponse) response;
    if (!asked.isAsyncStarted()) {
      var unused = new BoundRequest(asked, to).startAsync();
    }
    calls.add(new Call(asked, to, ServletFields.of(asked)));
  }

  /** One request that waits for its answer. */
  record Call(HttpServletRequest request, HttpServletResponse response, Fields fields) {
    /** The head, after which the body may be written. */
    ServletOutputStream head(int status, Fields fields) throws IOException {
      Exchange.of(request).journal().answeredByBackend();
      new Head(status, fields).sendTo(response);
      return response.getOutputStream();
    }

    void body(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      response.getOutputStream().write(bytes, 0, bytes.length);
    }

    void end() throws IOException {
      BodyStream.end(response, this::over);
    }

    /** Nobody could be reached. */
    void fails(int status) throws IOException {
      OwnAnswer.send(request, response, status);
      end();
    }

    /** The message breaks off. */
    void breaks() throws IOException {
      if (response.getOutputStream() instanceof BodyStream own) {
        own.abandon();
      }
      over();
    }

    /** The client leaves, or all is written. */
    void over() {
      Exchange.of(request).done();
    }
  }
}
