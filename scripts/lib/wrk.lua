-- For scripts/bench: asks for what a file lists, in turn, and prints the result as one line of fields.
--
--   wrk … --script wrk.lua URL -- FILE            each line is a path to GET
--   wrk … --script wrk.lua URL -- FILE /path      each line is a form to POST to that path

local wishes, next_wish = {}, 0

function init(args)
   local post_to = args[2]
   local headers = { ["Accept-Encoding"] = "gzip" }
   if post_to then
      -- What a browser says about a form of the shop's own page.
      headers["Content-Type"] = "application/x-www-form-urlencoded"
      headers["Sec-Fetch-Site"] = "same-origin"
   end
   for line in io.lines(args[1]) do
      local wish = post_to and wrk.format("POST", post_to, headers, line) or wrk.format("GET", line, headers)
      table.insert(wishes, wish)
   end
   -- Threads begin at different places, so that they do not ask for the same page in step.
   math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
   next_wish = math.random(#wishes)
end

function request()
   next_wish = next_wish % #wishes + 1
   return wishes[next_wish]
end

-- Requests a second, median and 99th percentile in milliseconds, answers that were wrong or missing.
function done(summary, latency)
   local errors = summary.errors
   local wrong = errors.status + errors.connect + errors.read + errors.write + errors.timeout
   io.stderr:write(string.format("%.0f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, wrong))
end
