package dev.gatehouse.servlet;

/**
 * What our own answers say of their status: the one table of it.
 *
 * @param reason RFC 9110 §15, RFC 6585, RFC 5842 §7.2
 * @param detail one sentence for whoever reads it, silent about what is inside; as both are put
 *     into JSON as they are, they hold neither quotes nor backslashes
 */
record OwnStatus(String reason, String detail) {

  static OwnStatus of(int status) {
    return switch (status) {
      case 400 -> say("Bad Request", "The request is no valid HTTP, or can be read in two ways.");
      case 401 -> say("Unauthorized", "A valid key is needed.");
      case 403 -> say("Forbidden", "This is not allowed.");
      case 404 -> say("Not Found", "There is nothing at this address.");
      case 405 -> say("Method Not Allowed", "This method is not allowed here.");
      case 408 -> say("Request Timeout", "The request took too long to arrive.");
      case 409 -> say("Conflict", "The state of things does not allow this.");
      case 413 -> say("Content Too Large", "The body of the request is too large.");
      case 414 -> say("URI Too Long", "The address is too long.");
      case 417 -> say("Expectation Failed", "What the request expects can not be had.");
      case 421 -> say("Misdirected Request", "This host is not served here.");
      case 422 -> say("Unprocessable Content", "A value is not of use here.");
      case 429 -> say("Too Many Requests", "There were too many requests; try again later.");
      case 431 -> say("Request Header Fields Too Large", "The header fields are too large.");
      case 500 -> say("Internal Server Error", "Something went wrong here.");
      case 501 -> say("Not Implemented", "What the request asks for is not supported.");
      case 502 -> say("Bad Gateway", "The service behind this proxy gave no valid answer.");
      case 503 -> say("Service Unavailable", "The service can not answer now; try again later.");
      case 504 -> say("Gateway Timeout", "The service behind this proxy did not answer in time.");
      case 505 -> say("HTTP Version Not Supported", "This version of HTTP is not spoken here.");
      case 508 -> say("Loop Detected", "The request has come here in a circle.");
      default -> say("Error", "The request could not be carried out.");
    };
  }

  /** The same in other words, less what would end a JSON string. */
  static OwnStatus of(int status, String detail) {
    return say(of(status).reason, detail.replace('\\', '/').replace('"', '\''));
  }

  private static OwnStatus say(String reason, String detail) {
    return new OwnStatus(reason, detail);
  }
}
