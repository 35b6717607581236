# Reads a debug log (a file, or - for standard input) and prints the CPI requests in it, one JSON document a line, in
# a form that can be sent to bin/cpi again.
#
# A Director puts "<redacted>" in the place of values it does not show. Such a value is left out, since it has no longer
# the type that the CPI needs. What is secret and shown all the same is replaced by "<redacted>".
require 'json'

# One line of a Director's task, and of `bosh create-env` with BOSH_LOG_LEVEL=debug.
PATTERNS = [/ request: (\{.*\}) with command: /, /^STDIN: '(\{.*\})'$/].freeze
HIDDEN = '<redacted>'.freeze
SECRET_KEY = /password|secret|token|private_key|client_key|credential/i
SECRET_TEXT = /PRIVATE KEY-----/
LOGIN = %r{(://)[^/@\s]+@}

def redact(value, left_out)
  case value
  when Hash
    value.each_with_object({}) do |(key, inner), redacted|
      if inner == HIDDEN
        left_out << key
      elsif inner.is_a?(String) && key =~ SECRET_KEY
        redacted[key] = HIDDEN
      else
        redacted[key] = redact(inner, left_out)
      end
    end
  when Array then value.map { |inner| redact(inner, left_out) }
  when SECRET_TEXT then HIDDEN
  when String then value.gsub(LOGIN, "\\1#{HIDDEN}@")
  else value
  end
end

left_out = []
requests = 0
input = ARGV.fetch(0) == '-' ? $stdin : File.open(ARGV.fetch(0))
input.set_encoding(Encoding::UTF_8)
input.each_line do |line|
  text = PATTERNS.map { |pattern| line.scrub[pattern, 1] }.compact.first or next
  begin
    request = JSON.parse(text)
  rescue JSON::ParserError
    warn "capture_requests: a request is cut off: #{text[0, 60]}..."
    next
  end
  requests += 1
  puts JSON.generate(redact(request, left_out))
end

warn 'capture_requests: there is no CPI request in it; is it a debug log?' if requests.zero?
unless left_out.empty?
  warn "capture_requests: the Director hid these, and they are left out: #{left_out.uniq.sort.join(', ')}"
end
exit 1 if requests.zero?
