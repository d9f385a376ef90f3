package dev.gatehouse.proxy;

import java.nio.ByteBuffer;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Refuses responses that Jetty's client would take though their framing or status can't be relied
 * on, and notices what a backend has sent behind the end of one. The parser calls it.
 */
final class StrictReceiver extends HttpReceiverOverHTTP {
  private static final int FIRST_FINAL_STATUS = 200; // §15.2
  private static final int LAST_STATUS = 599; // §15

  /** Jetty keeps some objects for each until the final response comes. */
  private static final int MOST_INTERIM = 2_000;

  private int status;
  private int interim; // how many there were since the last final response
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private boolean inHead;
  private boolean dirty;
  private volatile boolean spoken;

  StrictReceiver(HttpChannelOverHTTP channel) {
    super(channel);
  }

  /** Whether something has come for an exchange, but no final head yet. */
  boolean isInHead() {
    return inHead;
  }

  void begin() {
    spoken = false;
  }

  /** Whether a byte has come since {@link #begin}. */
  boolean hasSpoken() {
    return spoken;
  }

  /** Whether bytes stood behind a response, which might be taken for the next one. */
  boolean isDirty() {
    return dirty;
  }

  @Override
  public void messageBegin() {
    ByteBuffer bytes = getResponseBuffer();
    if (BufferUtil.isEmpty(bytes) || getHttpExchange() == null) {
      return;
    }
    inHead = true;
    spoken = true;
    if (!RawHead.isHttp1(bytes)) {
      throw bad("no HTTP/1 response");
    }
    RawHead.joinLengths(bytes);
    RawHead.hideUnknownCoding(bytes);
  }

  @Override
  public void startResponse(HttpVersion version, int status, String reason) {
    this.version = version;
    this.status = status;
    if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
      throw bad("version");
    }
    if (status > LAST_STATUS) {
      throw bad("status");
    }
    interim = status < FIRST_FINAL_STATUS ? interim + 1 : 0;
    if (interim > MOST_INTERIM) {
      throw bad("interim responses without end");
    }
    super.startResponse(version, status, reason);
  }

  @Override
  public void parsedHeader(HttpField field) {
    if (field.getName().equalsIgnoreCase(RawHead.HIDDEN)) {
      return; // it was for this connection only (RFC 9112 §6.1)
    }
    if (field.getHeader() == HttpHeader.TRANSFER_ENCODING
        && (version != HttpVersion.HTTP_1_1 || !"chunked".equalsIgnoreCase(field.getValue()))) {
      throw bad("transfer coding"); // RFC 9112 §6.1, §7: we have asked for no other
    }
    super.parsedHeader(field);
  }

  @Override
  public boolean headerComplete() {
    boolean goesOn = StrictConnection.isSending(getHttpChannel());
    if ((goesOn || status >= FIRST_FINAL_STATUS) // the upload takes what time it takes
        && getHttpChannel().getHttpConnection() instanceof StrictConnection connection) {
      inHead = false;
      connection.headIsComplete();
    }
    return super.headerComplete();
  }

  @Override
  public boolean messageComplete() {
    HttpExchange exchange = getHttpExchange();
    dirty |=
        exchange != null
            && status >= FIRST_FINAL_STATUS
            && BufferUtil.hasContent(getResponseBuffer());
    return super.messageComplete();
  }

  /** Also when nobody waits for a response, else the pool would lend a broken connection. */
  @Override
  public void failAndClose(Throwable failure) {
    super.failAndClose(failure);
    if (getHttpExchange() == null) {
      getHttpChannel().getHttpConnection().close();
    }
  }

  private static HttpException.RuntimeException bad(String what) {
    return new HttpException.RuntimeException(502, what);
  }
}
