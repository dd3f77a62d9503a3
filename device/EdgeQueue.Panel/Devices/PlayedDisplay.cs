using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>A display's chip: takes what the node writes on the bus and tells what is lit, at most 30 times a second.</summary>
internal abstract class PlayedDisplay
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(33);
    private readonly Lock gate = new();
    private DisplayView? last;

    /// <summary>Told when what is lit has changed.</summary>
    public required Action<DisplayView> Changed { get; init; }

    public DisplayView? View
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <param name="model">As the configuration names it.</param>
    /// <param name="path">Socket of the bus, or the link to the serial line.</param>
    public static PlayedDisplay Of(DisplayModel model, string path, byte address, Action<DisplayView> changed) => model.Chip switch
    {
        DisplayModel.Ht16k33Fourteen => new Segments(path, fourteen: true) { Changed = changed },
        DisplayModel.Ht16k33Seven => new Segments(path, fourteen: false) { Changed = changed },
        DisplayModel.Max7219MatrixChip => new Matrix(path, model.Size) { Changed = changed },
        DisplayModel.Max7219Seven => new Digits(path, model.Size) { Changed = changed },
        _ => new Board(path, address, model.Size) { Changed = changed },
    };

    public async Task RunAsync(CancellationToken cancellation)
    {
        var playing = PlayAsync(cancellation);
        using var timer = new PeriodicTimer(Glance);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                DisplayView view;
                lock (gate)
                {
                    view = Look();
                    if (Same(view, last))
                    {
                        continue;
                    }

                    last = view;
                }

                Changed(view);
            }
        }
        finally
        {
            await playing;
        }
    }

    protected abstract Task PlayAsync(CancellationToken cancellation);

    protected abstract DisplayView Look();

    protected void Take(Action bytes)
    {
        lock (gate)
        {
            bytes();
        }
    }

    /// <summary>A blinking chip is dark in the second half of each period.</summary>
    protected static bool BlinksOn(double hertz) => hertz == 0 || Environment.TickCount64 / 1000.0 * hertz % 1 < 0.5;

    private static bool Same(DisplayView a, DisplayView? b) =>
        b is not null && a.On == b.On && a.Brightness == b.Brightness && a.Text == b.Text && a.Cells.SequenceEqual(b.Cells)
        && (a.Rows ?? []).SequenceEqual(b.Rows ?? []);

    private sealed class Segments(string path, bool fourteen) : PlayedDisplay
    {
        private readonly Ht16k33Chip chip = new();

        protected override Task PlayAsync(CancellationToken cancellation) =>
            new BusServer(path, bytes => Take(() => chip.Write(bytes.Span[1..]))).RunAsync(cancellation);

        protected override DisplayView Look()
        {
            int[] cells = [.. Enumerable.Range(0, 4).Select(i => fourteen ? chip.LitWord(i) : chip.LitSevenSegments(i))];
            // The page's order of bits has the point last, as the backpacks have.
            return new DisplayView(fourteen ? "segments14" : "segments7", chip.IsLit && BlinksOn(chip.BlinkHertz),
                chip.DutySixteenths - 1, fourteen ? LitText.OfFourteen(cells) : LitText.OfSeven(cells), cells);
        }
    }

    private sealed class Matrix(string path, int modules) : PlayedDisplay
    {
        private readonly Max7219ChainChip chip = new(modules);

        protected override Task PlayAsync(CancellationToken cancellation) =>
            new BusServer(path, bytes => Take(() => chip.Write(bytes.Span))).RunAsync(cancellation);

        protected override DisplayView Look() => new(
            "matrix", true, chip.Intensity(0), LitText.OfMatrix(chip.IsLit, modules * 8), [], modules * 8, 8,
            [.. Enumerable.Range(0, 8).Select(y => string.Concat(
                Enumerable.Range(0, modules * 8).Select(x => chip.IsLit(x, y) ? '#' : '.')))]);
    }

    private sealed class Digits(string path, int modules) : PlayedDisplay
    {
        private readonly Max7219ChainChip chip = new(modules);

        protected override Task PlayAsync(CancellationToken cancellation) =>
            new BusServer(path, bytes => Take(() => chip.Write(bytes.Span))).RunAsync(cancellation);

        protected override DisplayView Look()
        {
            int[] cells = [.. Enumerable.Range(0, modules * 8).Select(i => Turned(chip.LitSegments(i)))];
            return new DisplayView("segments7", true, chip.Intensity(0), LitText.OfSeven(cells), cells);
        }

        /// <summary>The MAX7219 has the point in bit 7 and A … G in bits 6 … 0; the page wants A in bit 0.</summary>
        private static int Turned(byte bits) =>
            Enumerable.Range(0, 7).Sum(i => ((bits >> (6 - i)) & 1) << i) | (bits & 0x80);
    }

    private sealed class Board(string path, byte address, int columns) : PlayedDisplay
    {
        private readonly Rs485BoardChip chip = new(address);

        protected override Task PlayAsync(CancellationToken cancellation) => Task.Run(
            () =>
            {
                using var line = new FakeSerial();
                File.Delete(path);
                File.CreateSymbolicLink(path, line.Path);
                var buffer = new byte[256];
                while (!cancellation.IsCancellationRequested)
                {
                    if (line.Read(buffer, TimeSpan.FromMilliseconds(100)) is var count and > 0)
                    {
                        Take(() => chip.Write(buffer.AsSpan(0, count)));
                    }
                }
            },
            CancellationToken.None);

        /// <summary>The board draws its text itself, with dots.</summary>
        protected override DisplayView Look()
        {
            var frame = chip.Shown ?? new DisplayFrame("");
            var text = Cells(frame);
            var rows = Enumerable.Range(0, MatrixFont.GlyphHeight).Select(y => string.Concat(text.Select(c => Row(c, y)))).ToList();
            rows.Add(string.Concat(Enumerable.Range(0, columns * MatrixFont.Pitch).Select(x => frame.Stale && x % 3 == 0 ? '#' : '.')));
            var hertz = frame.Blink switch { Blink.TwoHertz => 2, Blink.OneHertz => 1, Blink.HalfHertz => 0.5, _ => 0.0 };
            return new DisplayView("matrix", frame.Lit && BlinksOn(hertz), frame.Brightness, frame.Text.Trim(), [],
                columns * MatrixFont.Pitch, rows.Count, rows);
        }

        /// <summary>The arrow has a cell of its own, on the side that it points to.</summary>
        private string Cells(DisplayFrame frame) => frame.Arrow switch
        {
            Arrow.None => frame.Text.PadLeft(columns),
            Arrow.Right => frame.Text.PadLeft(columns - 1) + '→',
            var arrow => (arrow switch { Arrow.Left => '←', Arrow.Up => '↑', _ => '↓' }) + frame.Text.PadLeft(columns - 1),
        };

        private static string Row(char character, int y)
        {
            var bits = MatrixFont.Instance.CanShow(character.ToString()) ? MatrixFont.Rows(character)[y] : 0;
            return string.Concat(Enumerable.Range(0, MatrixFont.GlyphWidth)
                .Select(x => (bits & (1 << (MatrixFont.GlyphWidth - 1 - x))) != 0 ? '#' : '.')) + ".";
        }
    }
}
