package dev.gatehouse.cache;

import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an asynchronous request ends that we have not handed on. */
record GivenUp(HttpServletRequest request, HttpServletResponse response, AsyncContext async) {
  private static final Logger LOG = LoggerFactory.getLogger(GivenUp.class);
  private static final int BAD_GATEWAY = 502;

  /** With an answer of ours, if there is still room for one. */
  void because(Exception cause) {
    LOG.warn("a request that has waited can't be answered", cause);
    try {
      if (!response.isCommitted()) {
        OwnAnswer.send(request, response, BAD_GATEWAY);
      }
    } catch (IOException | RuntimeException e) {
      Exchange.of(request).journal().clientGone();
    }
    complete();
  }

  /** Without any. */
  void complete() {
    Exchange.of(request).done();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the container had ended it already", e);
    }
  }
}
