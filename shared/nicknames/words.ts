/** The languages of generated names. */
export const NAME_LANGUAGES = ['en', 'fr'] as const;
export type NameLanguage = (typeof NAME_LANGUAGES)[number];

interface Words {
  animals: readonly string[];
  /** In French only such as have one form for both genders. */
  qualities: readonly string[];
}

/** Friendly and short: the longest pair fits into a nickname. Nothing here can be taken amiss. */
export const WORDS: Record<NameLanguage, Words> = {
  en: {
    animals: words(
      `Badger Bear Bison Camel Cricket Curlew Dolphin Dragon Eagle Falcon Ferret Finch Fox Gecko
      Gull Hare Heron Ibex Jaguar Kestrel Koala Lemur Lion Llama Lynx Magpie Marmot Marten Moose
      Newt Octopus Orca Otter Owl Panda Penguin Puffin Quokka Raven Robin Salmon Seal Sparrow
      Stork Swan Swift Tapir Tiger Toucan Turtle Whale Wolf Wombat Wren`,
    ),
    qualities: words(
      `Agile Amber Bold Brave Bright Calm Clever Cosmic Curious Daring Eager Gentle Golden Happy
      Honest Jolly Keen Kind Lively Loyal Lucky Merry Mighty Noble Patient Polite Quick Quiet
      Rapid Ready Serene Silver Sunny Tidy Wise Witty`,
    ),
  },
  fr: {
    animals: words(
      `Aigle Alouette Antilope Autruche Bison Caribou Castor Cerf Chamois Chevreuil Cigogne Colibri
      Corbeau Cygne Dauphin Dragon Fauvette Faucon Flamant Fourmi Gazelle Girafe Grillon Hibou
      Hirondelle Hérisson Jaguar Koala Lama Lapin Libellule Lion Loup Loutre Lynx Macareux Marmotte
      Mouette Ours Panda Papillon Pinson Puma Renard Tapir Tigre Tortue Toucan Zèbre`,
    ),
    qualities: words(
      `Agile Aimable Alerte Calme Cosmique Drôle Dynamique Fantastique Fidèle Habile Honnête Lucide
      Magique Magnifique Modeste Noble Optimiste Paisible Pratique Rapide Sage Sensible
      Solide Sincère Stable Superbe Sympathique Tenace Tranquille Utile Véloce`,
    ),
  },
};

function words(text: string): string[] {
  return text.split(/\s+/);
}
