using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>Somebody with a browser, and everything that must not happen in it: errors, warnings, requests to anybody
/// else, reports of the content policy.</summary>
internal sealed class WebVisitor : IAsyncDisposable
{
    // Keeps what the page was ever told of its policy, and which rows it ever showed: the page itself keeps a window
    // only.
    private const string Watch =
        """
        globalThis.policyReports = [];
        addEventListener('securitypolicyviolation',
          event => policyReports.push(`${event.violatedDirective} ${event.blockedURI}`));
        globalThis.shownRows = new Map();
        new MutationObserver(changes => {
          for (const change of changes)
            for (const node of change.addedNodes)
              if (node instanceof Element)
                for (const row of node.matches('li[data-seq]') ? [node] : node.querySelectorAll('li[data-seq]'))
                  shownRows.set(Number(row.dataset.seq), row.querySelector('.text')?.textContent ?? '');
          if (!('usableAt' in globalThis) && document.querySelector('[data-connection=live]')
            && document.getElementById('composer') && document.querySelector('#messages li[data-seq]'))
            globalThis.usableAt = performance.now();
        }).observe(document,
          { childList: true, subtree: true, attributes: true, attributeFilter: ['data-connection'] });
        """;

    // The app draws with the frame after a change of the address.
    private const string Open =
        """
        hash => new Promise(done => {
          const drawn = () => requestAnimationFrame(() => setTimeout(done));
          if (location.hash === hash) return drawn();
          addEventListener('hashchange', drawn, { once: true });
          location.hash = hash;
        })
        """;

    private const string Keeps =
        """
        async count => {
          const done = asked => new Promise((resolve, reject) => {
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
          });
          let all = 0;
          for (const { name } of await indexedDB.databases()) {
            const database = await done(indexedDB.open(name));
            for (const store of database.objectStoreNames)
              all += await done(database.transaction(store).objectStore(store).count());
            database.close();
          }
          return all === count;
        }
        """;

    private const string NoWorker =
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })";

    private readonly ConcurrentQueue<string> _problems = new();
    private readonly IBrowserContext _context;
    private readonly Uri _origin;
    private Uri? _provider;

    private WebVisitor(IBrowserContext context, Uri origin, string user) =>
        (_context, _origin, User) = (context, origin, user);

    public string User { get; }

    public IPage Page { get; private set; } = null!;

    /// <summary>Where people sign in: the only other site that the app may know.</summary>
    public void MayVisit(Uri provider) => _provider = provider;

    public IBrowserContext Context => _context;

    /// <summary>Console lines of a lost connection are expected where a test cuts it: they say so.</summary>
    public bool ConnectionMayBreak { get; set; }

    /// <summary>Opens the app as this user, who is known to the browser already; ends when it says that it is
    /// connected.</summary>
    /// <param name="browser">Which makes a context for it.</param>
    /// <param name="origin">Of the server, or of a proxy before it.</param>
    /// <param name="user">The name; empty: a first visit.</param>
    /// <param name="options">Of the context.</param>
    public static async Task<WebVisitor> ArriveAsync(
        IBrowser browser, Uri origin, string user, BrowserNewContextOptions? options)
    {
        options ??= new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } };
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Chromium.Wait);
        Assertions.SetDefaultExpectTimeout(Chromium.Wait);
        var visitor = new WebVisitor(context, origin, user);
        await context.AddInitScriptAsync(Watch);
        // Only tests of the worker have one: it would load all files for every visitor.
        if (options.ServiceWorkers is null) await context.AddInitScriptAsync(NoWorker);
        if (user.Length > 0)
            await context.AddInitScriptAsync(
                $"localStorage.setItem('chat.name', {System.Text.Json.JsonSerializer.Serialize(user)})");
        context.Request += (_, request) => visitor.Note(request);
        visitor.Page = await visitor.OpenTabAsync();
        return visitor;
    }

    /// <summary>A further tab of the same browser.</summary>
    public async Task<IPage> OpenTabAsync(string hash = "", string connection = "live")
    {
        var page = await _context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !(ConnectionMayBreak && IsAboutConnection(message.Text)))
                _problems.Enqueue($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _problems.Enqueue($"page error: {error}");
        await page.GotoAsync(new Uri(_origin, hash).ToString());
        if (User.Length > 0)
            await Assertions.Expect(page.Locator($"[data-connection={connection}]")).ToBeAttachedAsync();
        return page;
    }

    /// <summary>Ends when it is drawn: what is typed until then would go to what was open before.</summary>
    public Task OpenAsync(Chat.Contracts.Identifiers.ConversationId conversation) =>
        Page.EvaluateAsync(Open, $"#/c/{conversation}");

    /// <summary>Ends when so many messages that wait are stored in the browser: they are shown before that.</summary>
    public Task KeepsAsync(int count) => Eventually.HoldsAsync(() => Page.EvaluateAsync<bool>(Keeps, count));

    public ILocator Composer => Page.Locator("#composer");

    /// <summary>The messages on the page whose text is exactly this.</summary>
    public ILocator Message(string text) =>
        Page.Locator("#messages li[data-seq] .text").GetByText(text, new LocatorGetByTextOptions { Exact = true });

    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public Task SeesAsync(string text) => Assertions.Expect(Message(text)).ToBeVisibleAsync();

    /// <summary>Ends when a tab has its list, so that it is told of what comes from then on. That it is connected it
    /// says at once: what passes soon is not worth a word.</summary>
    public static Task HasListAsync(IPage page) => Assertions.Expect(page.Locator(".entry").First).ToBeAttachedAsync();

    public Task SeesConnectionAsync(string kind) =>
        Assertions.Expect(Page.Locator($"[data-connection={kind}]")).ToBeAttachedAsync();

    /// <param name="text">Of the message, or a part of it.</param>
    /// <param name="within">What shows it.</param>
    public async Task OpenMenuAsync(string text, string within = "#messages")
    {
        var row = Page.Locator($"{within} li[data-seq]").Filter(new LocatorFilterOptions
        {
            Has = Page.Locator(".text", new PageLocatorOptions { HasText = text })
        }).First;
        await row.HoverAsync();
        await row.Locator(".acts").ClickAsync();
    }

    /// <summary>From the menu of a message.</summary>
    public async Task ChooseAsync(string text, string act, string within = "#messages")
    {
        await OpenMenuAsync(text, within);
        await ClickItemAsync(act);
    }

    /// <summary>From the menu of the conversation.</summary>
    public async Task ChooseAsync(string act)
    {
        await Page.Locator(".main .head").GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = "More", Exact = true }).ClickAsync();
        await ClickItemAsync(act);
    }

    /// <summary>Every row that the page ever drew of its one conversation: sequence and text, ascending.</summary>
    public Task<string[]> ShownAsync() =>
        Page.EvaluateAsync<string[]>(
            "[...shownRows].sort((a, b) => a[0] - b[0]).map(([seq, text]) => `${seq} ${text}`)");

    /// <summary>Fails if anything went wrong in any tab since the visitor came.</summary>
    public async Task HadNoTroubleAsync()
    {
        foreach (var page in _context.Pages)
            foreach (var report in await page.EvaluateAsync<string[]>("globalThis.policyReports ?? []"))
                _problems.Enqueue($"content policy: {report}");
        Assert.True(_problems.IsEmpty, $"{User}: {string.Join("\n", _problems)}");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static bool IsAboutConnection(string text) =>
        text.Contains("WebSocket", StringComparison.Ordinal) || text.Contains("net::ERR_", StringComparison.Ordinal)
        || text.Contains("status of 503", StringComparison.Ordinal);

    private Task ClickItemAsync(string act) =>
        Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = act, Exact = true }).ClickAsync();

    private void Note(IRequest request)
    {
        var url = new Uri(request.Url);
        if (url.Scheme is "data" or "blob" || url.Authority == _origin.Authority
            || url.Authority == _provider?.Authority) return;
        _problems.Enqueue($"a request to somebody else: {request.Url}");
    }
}
