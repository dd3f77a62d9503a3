using System.Diagnostics;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hub.Updates;
using Microsoft.Extensions.Logging.Abstractions;
using TempFolder = EdgeQueue.Tests.Hardware.TempFolder;

namespace EdgeQueue.Tests.Updates;

/// <summary>Which bundle is fetched when; the program that fetches is a script that has only what lies at https://good.</summary>
public sealed class BundleFetchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_that_is_broken_is_told_and_holds_up_neither_another_bundle_nor_a_wish_that_mends_it()
    {
        File.WriteAllText(_folder["tool"], "#!/bin/sh\ncase \"$4\" in https://good*) : > \"${10}\" ;; *) echo \"nobody is at $4\" >&2; exit 1 ;; esac\n");
        File.SetUnixFileMode(_folder["tool"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(_folder["bundles"]);
        var shelf = new BundleShelf(_folder["bundles"], NullLogger.Instance);
        UpdateWish wish = Wish(1, "https://broken/node");
        using var stop = new CancellationTokenSource();
        Task fetching = new BundleFetch(_folder["tool"], null, shelf, NullLogger.Instance, TimeProvider.System).RunAsync(() => Volatile.Read(ref wish), stop.Token);

        await UntilAsync(() => shelf.NotFetched == "nobody is at https://broken/node", () => $"why the first is not there: {shelf.NotFetched}");
        await UntilAsync(() => File.Exists(shelf.PathOf(Hub)), () => "the second, whose address is good");
        Volatile.Write(ref wish, Wish(2, "https://good/node"));
        await UntilAsync(() => File.Exists(shelf.PathOf(Node)), () => "the first, from where the next wish says");
        await UntilAsync(() => shelf.NotFetched is null, () => "nothing is said any more of what is here");

        await stop.CancelAsync();
        await fetching;
    }

    private static readonly string Node = new('a', 64);

    private static readonly string Hub = new('b', 64);

    private static UpdateWish Wish(long number, string address) =>
        new(1, number, [new WishedBundle("edgequeue-node", "2", 1000, Node, address), new WishedBundle("edgequeue-hub", "2", 1000, Hub, "https://good/hub")]);

    private static async Task UntilAsync(Func<bool> holds, Func<string> what)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            Assert.True(waited.Elapsed < Patience, what());
        }
    }
}
