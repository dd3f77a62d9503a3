namespace EdgeQueue.Hardware.Displays;

/// <summary>What a kind of display can show, so that a configuration can refuse labels that it cannot.</summary>
public interface IDisplayFont
{
    /// <summary>Whether every character has a glyph that cannot be taken for another one of this font. Case does not matter.</summary>
    bool CanShow(string text);
}
