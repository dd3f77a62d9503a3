namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>
/// Text on an HD44780: the ROM's characters, and up to eight of its own at a time, drawn into the chip as a text needs them.
/// </summary>
public sealed class Hd44780Display(Hd44780Pcf8574 chip, CharacterRom rom) : ITextDisplay
{
    // Which drawing each of the chip's eight places holds; one that is there already is not drawn again.
    private readonly char[] places = new char[Hd44780Pcf8574.OwnCharacters];

    /// <inheritdoc/>
    public int Columns => chip.Columns;

    /// <inheritdoc/>
    public bool CanShow(string first, string second) =>
        first.Length <= Columns && second.Length <= Columns
        && (first + second).All(c => rom.Written(c) is not null)
        && Own(first + second).Count <= Hd44780Pcf8574.OwnCharacters;

    /// <inheritdoc/>
    public void Show(string first, string second)
    {
        if (!CanShow(first, second))
        {
            throw new ArgumentException($"\"{first}\" and \"{second}\" cannot be shown on {Columns} columns with ROM {rom.Name}.");
        }

        Draw(Own(first + second));
        Write(first, chip.Line(0));
        Write(second, chip.Line(1));
    }

    /// <inheritdoc/>
    public void Flush() => chip.Flush();

    /// <inheritdoc/>
    public void Invalidate() => chip.Invalidate();

    /// <inheritdoc/>
    public void Dispose() => chip.Dispose();

    private HashSet<char> Own(string text) =>
        [.. text.Select(c => rom.Written(c)!.Value).Where(c => rom.Code(c) is null)];

    private void Draw(HashSet<char> needed)
    {
        foreach (var character in needed.Where(c => !places.Contains(c)))
        {
            var free = Array.FindIndex(places, place => !needed.Contains(place));
            places[free] = character;
            OwnGlyphs.Find(character).CopyTo(chip.OwnCharacter(free));
        }
    }

    private void Write(string text, Span<byte> line)
    {
        line.Fill((byte)' ');
        for (var i = 0; i < text.Length; i++)
        {
            var written = rom.Written(text[i])!.Value;
            line[i] = rom.Code(written) ?? (byte)Array.IndexOf(places, written);
        }
    }
}
