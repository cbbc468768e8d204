# A browser driver to throw away. Needs common.sh.
#
#   need_browser; install_missing; start_webdriver    then $webdriver_url is where it listens

find_chromium() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
}

need_browser() {
    [ -n "$(find_chromium)" ] || need chromium chromium 'the browser Chromium'
    need chromedriver chromium-driver 'ChromeDriver, of the same version as Chromium'
}

# The driver picks a free port itself and says which.
start_webdriver() {
    mkdir "$work/browser"
    # Profiles, crash reports and settings go there too, not to the home of whoever runs this.
    TMPDIR=$work/browser XDG_CONFIG_HOME=$work/browser XDG_CACHE_HOME=$work/browser \
        chromedriver --port=0 >"$work/chromedriver.log" 2>&1 &
    webdriver_pid=$!
    at_the_end stop_webdriver
    for _ in $(seq 100); do
        webdriver_port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$work/chromedriver.log")
        [ -z "$webdriver_port" ] || break
        sleep 0.1
    done
    [ -n "$webdriver_port" ] || { cat "$work/chromedriver.log" >&2; fail 'ChromeDriver does not start'; }
    webdriver_url=http://127.0.0.1:$webdriver_port
}

# A test that broke off leaves its browser open, and the driver leaves it too. Our folder's name in
# their arguments tells our browsers from all others.
stop_webdriver() {
    kill "$webdriver_pid" 2>/dev/null || true
    wait "$webdriver_pid" 2>/dev/null || true
    for _ in 1 2 3 4 5; do
        browsers=$(grep -lsF -- "=$work/browser" /proc/[0-9]*/cmdline | cut -d/ -f3 || true)
        [ -n "$browsers" ] || break
        # shellcheck disable=SC2086 # words on purpose
        kill $browsers 2>/dev/null || true
        sleep 0.2
    done
}
