using Chat.Tests.Fixtures;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>The Chromium of this machine, driven by Playwright: the system's own, nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string? Program = RequiredTools.FindOnPath("chromium")
        ?? RequiredTools.FindOnPath("chromium-browser") ?? RequiredTools.FindOnPath("google-chrome");

    /// <summary>Why tests that need a browser cannot run here; null when they can, or when they must.</summary>
    public static string? SkipReason => RequiredTools.RequireAll || Program is not null ? null : Missing;

    private static string Missing =>
        "Chromium is not installed: PATH has none of chromium, chromium-browser, google-chrome";

    /// <summary>How long a page is waited for, in milliseconds as Playwright has it: the bound ends a hang.</summary>
    public static readonly float Wait = (float)Bounds.Wait.TotalMilliseconds;

    /// <summary>Starts one, with a profile of its own, which Playwright removes.</summary>
    public static Task<IBrowser> LaunchAsync(
        IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Program ?? throw new InvalidOperationException(Missing),
        Headless = true,
        Timeout = (float)Bounds.Run.TotalMilliseconds,
        // Without a sandbox, because tests may run as root; nothing but this server is visited. The rest keeps the
        // browser from talking to anybody else.
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"],
    });
}
